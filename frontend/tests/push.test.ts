import { describe, expect, it } from "vitest";
import { isOwnPath, noticeIn, startPush, type PushSaid, type PushWindow, type PushWorker } from "../src/worker/push";

const BROUGHT = { title: "Academie", body: "12 vragen, ongeveer 4 minuten", url: "/practice/", lang: "nl", tag: "practice" };

class Worker {
  readonly acts = new Map<string, (event: PushSaid) => void>();
  readonly shown: [string, NotificationOptions][] = [];
  readonly opened: string[] = [];
  windows: PushWindow[] = [];
  registration = { showNotification: async (title: string, options: NotificationOptions) => void this.shown.push([title, options]) };
  clients = { matchAll: async () => this.windows, openWindow: async (url: string) => this.opened.push(url) };

  addEventListener(kind: string, act: (event: PushSaid) => void): void {
    this.acts.set(kind, act);
  }

  async tell(kind: string, event: Omit<PushSaid, "waitUntil">): Promise<void> {
    let done: Promise<unknown> = Promise.resolve();
    this.acts.get(kind)!({ ...event, waitUntil: (each) => (done = each) });
    await done;
  }
}

function started(): Worker {
  const worker = new Worker();
  startPush(worker as unknown as PushWorker);
  return worker;
}

describe("a notification", () => {
  it("shows what was brought, and in which language", async () => {
    const worker = started();
    await worker.tell("push", { data: { json: () => BROUGHT } });
    const [[title, options]] = worker.shown as [[string, NotificationOptions]];
    expect([title, options.body, options.lang, options.tag]).toEqual(["Academie", BROUGHT.body, "nl", "practice"]);
  });

  it("that cannot be read shows nothing", async () => {
    const worker = started();
    for (const json of [() => ({ title: 7 }), () => null, () => { throw new SyntaxError("no JSON"); }])
      await worker.tell("push", { data: { json } });
    await worker.tell("push", { data: null });
    expect(worker.shown).toEqual([]);
  });

  it("never leads to another site", () => {
    for (const url of ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "javascript:1", 7])
      expect(noticeIn({ json: () => ({ ...BROUGHT, url }) })?.url).toBe("/practice/");
    expect(isOwnPath("/me/reminders/")).toBe(true);
  });
});

describe("a tap on it", () => {
  it("opens practice where no window is open", async () => {
    const worker = started();
    let closed = false;
    await worker.tell("notificationclick", { notification: { data: BROUGHT, close: () => (closed = true) } });
    expect([worker.opened, closed]).toEqual([["/practice/"], true]);
  });

  it("goes to the window that is open, and there to practice", async () => {
    const worker = started();
    const went: string[] = [];
    const there = (url: string): PushWindow => ({
      url,
      focus: async () => went.push(`focus ${url}`),
      navigate: async (to) => went.push(to),
    });
    worker.windows = [there("https://a.example/me/"), there("https://a.example/practice/round/1/")];
    await worker.tell("notificationclick", { notification: { data: BROUGHT, close: () => undefined } });
    expect([went, worker.opened]).toEqual([["focus https://a.example/practice/round/1/", "/practice/"], []]);
  });
});
