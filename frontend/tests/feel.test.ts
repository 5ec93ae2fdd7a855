import "fake-indexeddb/auto";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { wipe } from "../src/practice/private";
import { LhPractice } from "../src/practice/ui/app";
import { Academy } from "./academy";
import { until } from "./patience";

const fetched = window.fetch;
let tones = 0;
let shivers = 0;

/** What makes sound, as far as the app uses it. */
class Speaker {
  currentTime = 0;
  destination = {};
  private readonly part = { frequency: { value: 0 }, connect: () => this.part, gain: { setValueAtTime: () => {}, exponentialRampToValueAtTime: () => {} }, start: () => (tones += 1), stop: () => {} };
  createOscillator = (): object => this.part;
  createGain = (): object => this.part;
}

beforeAll(() => customElements.define("lh-practice", LhPractice));
beforeEach(() => {
  tones = shivers = 0;
  history.replaceState(null, "", location.pathname);
  window.fetch = new Academy().fetch as typeof window.fetch;
  vi.stubGlobal("AudioContext", Speaker);
  Object.defineProperty(navigator, "vibrate", { value: () => (shivers += 1), configurable: true });
});
afterEach(async () => {
  document.body.replaceChildren();
  window.fetch = fetched;
  vi.unstubAllGlobals();
  await wipe();
});

const seen = (selector: string): Promise<HTMLElement> =>
  until(() => document.querySelector<HTMLElement>(selector) ?? Promise.reject(new Error(selector)));

async function opened(): Promise<HTMLInputElement[]> {
  document.body.innerHTML = `<script id="app-words" type="application/json">{}</script><lh-practice data-about="/about/" data-version="1"></lh-practice>`;
  await seen(".app-settings");
  const boxes = [...document.querySelectorAll<HTMLInputElement>(".app-settings input")];
  return boxes.filter((each) => !each.closest("lh-keys"));
}

async function answer(): Promise<void> {
  (await seen("[data-begin]")).click();
  const choice = await seen("[name=choice]");
  choice.click();
  document.querySelector<HTMLFormElement>("form.question")!.requestSubmit();
  await seen("[data-explanation]");
}

describe("after an answer", () => {
  it("nothing sounds or shivers for who did not switch it on", async () => {
    expect((await opened()).map(({ checked }) => checked)).toEqual([false, false]);
    await answer();
    expect([tones, shivers]).toEqual([0, 0]);
  });

  it("it does, in the app and after it was opened anew, for who did", async () => {
    for (const each of await opened()) each.click();
    document.body.replaceChildren();
    expect((await opened()).map(({ checked }) => checked)).toEqual([true, true]);
    await answer();
    expect([tones, shivers]).toEqual([2, 1]);
  });
});
