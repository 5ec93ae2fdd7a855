import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { OWNER, SITTING, guard, leaveTrace, mayOpen, traceOf, unsent, wipe, wipeUntraced } from "../src/practice/private";
import { Store } from "../src/practice/store";

const DAY = 86_400_000;

beforeEach(() => {
  document.body.replaceChildren();
  document.body.removeAttribute("data-who");
  document.body.removeAttribute("data-app");
});
afterEach(wipe);

async function full(who: string, kept: boolean, now?: number): Promise<void> {
  const store = await Store.open();
  await store.set("owner", { who, kept, usedAt: 0, offset: 0 });
  store.close();
  leaveTrace(who, kept, now);
}

async function names(): Promise<string[]> {
  return (await indexedDB.databases()).map(({ name }) => name!);
}

function closeBrowser(): void {
  document.cookie = `${SITTING}=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT`;
}

describe("what is kept on a device", () => {
  it("stays for the person whose it is", async () => {
    await full("anna", true);
    document.body.dataset.who = "anna";
    expect(await guard()).toBe(false);
    expect(await names()).toEqual(["leerhuis-practice"]);
  });

  it.each(["bram", undefined])("goes as soon as a page is opened by %s", async (who) => {
    await full("anna", true);
    if (who) document.body.dataset.who = who;
    expect(await guard()).toBe(true);
    expect([await names(), localStorage.getItem(OWNER), document.cookie]).toEqual([[], null, ""]);
  });

  it("says on the sign-in page how many answers went with it unsent", async () => {
    await full("anna", true);
    const store = await Store.open();
    for (const id of ["1", "2"]) await store.keepAnswer({ id, bank: "b", question: "q" } as never, {} as never, {} as never, { topic: "t", gain: 0 });
    store.close();
    const words = `<div id="messages"></div><template data-say="unsent"><p>Unsent: <strong data-count></strong></p></template>`;
    document.body.innerHTML = words;
    await guard();
    expect(document.getElementById("messages")!.textContent).toBe("Unsent: 2");
    document.body.innerHTML = words;
    location.hash = unsent(3);
    await guard();
    expect(document.getElementById("messages")!.textContent).toBe("Unsent: 3");
    expect(location.hash).toBe("");
    document.body.innerHTML = words;
    await guard();
    expect(document.getElementById("messages")!.textContent).toBe("");
    expect([await wipe(), unsent(0), await names()]).toEqual([0, "", []]);
  });

  it("outlives the browser only for who chose to stay signed in", async () => {
    for (const kept of [true, false]) {
      await full("anna", kept);
      expect(mayOpen(traceOf())).toBe(true);
      closeBrowser();
      expect(mayOpen(traceOf())).toBe(kept);
    }
  });

  it("is not opened, and goes, when it was not used for as long as a sign-in lasts", async () => {
    await full("anna", true, Date.now() - 61 * DAY);
    document.body.dataset.who = "anna";
    expect(mayOpen(traceOf())).toBe(false);
    expect(await guard()).toBe(true);
    expect(await names()).toEqual([]);
  });

  it("goes where nothing says whose it is, on a page and in the app", async () => {
    for (const act of [guard, wipeUntraced]) {
      await full("anna", true);
      localStorage.removeItem(OWNER);
      expect(await act()).toBe(true);
      expect(await names()).toEqual([]);
      expect(await act()).toBe(false);
      expect(await names()).toEqual([]);
    }
    await full("anna", true);
    expect(await wipeUntraced()).toBe(false);
  });

  it("is left to the app on the page of the app, which asks the server", async () => {
    await full("anna", true);
    document.body.dataset.app = "";
    expect(await guard()).toBe(false);
    expect(await names()).toEqual(["leerhuis-practice"]);
  });

  it("is nobody's where the trace cannot be read", () => {
    localStorage.setItem(OWNER, "{");
    expect([traceOf(), mayOpen(traceOf())]).toEqual([null, false]);
  });

  it("lets itself be wiped while another window has it open", async () => {
    await full("anna", true);
    const store = await Store.open();
    await wipe();
    expect(await names()).toEqual([]);
    store.close();
  });
});
