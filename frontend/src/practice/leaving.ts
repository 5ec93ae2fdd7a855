// The last chance of answers that wait, when somebody signs out.
import { Calls } from "./calls";
import { Clock } from "./clock";
import { Store } from "./store";
import { Sync } from "./sync";

const PATIENCE = 6_000; // milliseconds that somebody who wants to go is kept

/** Bring what waits to the server; return how many answers still wait. */
export async function bringAway(about: string): Promise<number> {
  try {
    const store = await Store.open();
    if (!(await store.waiting())) return 0;
    const owner = await store.get("owner");
    const calls = new Calls(about);
    const sync = new Sync(store, calls, new Clock(owner?.offset));
    const bring = async (): Promise<void> => {
      if ((await calls.about()).who === owner?.who) await sync.bring();
    };
    await Promise.race([bring().catch(() => {}), new Promise((done) => setTimeout(done, PATIENCE))]);
    const left = await store.waiting();
    store.close();
    return left;
  } catch {
    return 0; // a store that cannot be opened holds nothing that could be saved
  }
}
