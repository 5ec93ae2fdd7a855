import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { LhNotify, digestOf } from "../src/elements/notify";

const ENDPOINT = "https://fcm.googleapis.com/fcm/send/abc";
const WORDS = ["on", "missing", "refused", "failed"].map((each) => `<p data-said="${each}"${each === "missing" ? "" : " hidden"}></p>`).join("");
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 12; turn++) await new Promise((done) => setTimeout(done, 0));
};

interface Kept {
  endpoint: string;
  getKey: (name: string) => ArrayBuffer;
  unsubscribe: () => Promise<boolean>;
}

let kept: Kept | null;
let subscribes: number;
let asked: number;
let permission: string;
let sent: Record<string, string> | null;

function subscription(): Kept {
  const key = (name: string): ArrayBuffer => new TextEncoder().encode(name).buffer as ArrayBuffer;
  return { endpoint: ENDPOINT, getKey: key, unsubscribe: async () => ((kept = null), true) };
}

beforeAll(() => customElements.define("lh-notify", LhNotify));
beforeEach(() => {
  [kept, subscribes, asked, permission, sent] = [null, 0, 0, "default", null];
  const pushManager = {
    getSubscription: async () => kept,
    subscribe: async () => {
      subscribes++;
      return (kept = subscription());
    },
  };
  vi.stubGlobal("PushManager", class {});
  vi.stubGlobal("Notification", {
    get permission() {
      return permission;
    },
    requestPermission: async () => (asked++, (permission = permission === "default" ? "granted" : permission)),
  });
  const serviceWorker = { register: async () => ({ active: {}, installing: null, waiting: null, pushManager }) };
  Object.defineProperty(navigator, "serviceWorker", { configurable: true, value: serviceWorker });
});
afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, "serviceWorker");
});

async function shown(known = ""): Promise<HTMLFormElement> {
  document.body.innerHTML = `<lh-notify data-key="AQID" data-known="${known}"><form method="post" hidden>
    <input name="endpoint"><input name="key"><input name="auth"><button></button></form>${WORDS}</lh-notify>`;
  const form = document.querySelector("form")!;
  form.submit = () => (sent = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)])));
  await settle();
  return form;
}

const said = (): string[] =>
  [...document.querySelectorAll<HTMLElement>("[data-said]")].filter((each) => !each.hidden).map((each) => each.dataset["said"]!);

async function press(form: HTMLFormElement): Promise<void> {
  form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await settle();
}

describe("lh-notify", () => {
  it("asks nothing before its button was pressed", async () => {
    const form = await shown();
    expect([form.hidden, asked, subscribes, said()]).toEqual([false, 0, 0, []]);
  });

  it("subscribes when it is pressed, and sends where and with which keys", async () => {
    await press(await shown());
    expect([asked, subscribes]).toEqual([1, 1]);
    expect(sent).toEqual({ endpoint: ENDPOINT, key: btoa("p256dh").replace(/=+$/, ""), auth: btoa("auth").replace(/=+$/, "") });
  });

  it("says so when this device gets notifications already", async () => {
    kept = subscription();
    const form = await shown(await digestOf(ENDPOINT));
    expect([form.hidden, said()]).toEqual([true, ["on"]]);
  });

  it("lets go of a subscription that the academy no longer keeps", async () => {
    kept = subscription();
    const form = await shown("another");
    expect([kept, form.hidden]).toEqual([null, false]);
  });

  it("explains what to do where the browser blocks it", async () => {
    permission = "denied";
    const form = await shown();
    expect([form.hidden, said(), asked]).toEqual([true, ["refused"], 0]);
  });

  it("explains it where there is no worker, or no such thing in the browser", async () => {
    Object.defineProperty(navigator, "serviceWorker", {
      configurable: true,
      value: { register: async () => Promise.reject(new TypeError("404")) },
    });
    expect([(await shown()).hidden, said()]).toEqual([true, ["missing"]]);
    vi.unstubAllGlobals();
    Reflect.deleteProperty(globalThis, "PushManager");
    expect([(await shown()).hidden, said()]).toEqual([true, ["missing"]]);
  });
});
