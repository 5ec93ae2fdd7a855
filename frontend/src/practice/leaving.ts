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
    const sync = new Sync(store, new Calls(about), new Clock((await store.get("owner"))?.offset));
    await Promise.race([sync.bring(), new Promise((done) => setTimeout(done, PATIENCE))]);
    const left = await store.waiting();
    store.close();
    return left;
  } catch {
    return 0; // a store that cannot be opened holds nothing that could be saved
  }
}
