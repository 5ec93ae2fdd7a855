import "fake-indexeddb/auto";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { wipe } from "../src/practice/private";
import { Store } from "../src/practice/store";
import { LhPractice } from "../src/practice/ui/app";
import { Academy, BANK } from "./academy";

const WORDS = {
  begin: "Begin",
  ahead: "Practise ahead",
  questions_many: "{n} questions",
  about_minutes_many: "about {n} minutes",
  good_deal: "A good deal",
  settings: "Settings",
  remind: "Shall we remind you?",
  remind_choose: "Choose when",
  remind_no: "No",
  remind_declined: "Not asked again",
  away: "Without a connection",
  retired_of_many: "{bank}: {n} questions, because {source} has changed",
};
const fetched = window.fetch;
let academy: Academy;

beforeAll(() => {
  customElements.define("lh-practice", LhPractice);
});

beforeEach(() => {
  academy = new Academy();
  window.fetch = academy.fetch as typeof window.fetch;
});

afterEach(async () => {
  document.body.replaceChildren();
  window.fetch = fetched;
  await wipe();
});

/** Open the page of the app as the server hands it out. */
function open(): HTMLElement {
  document.body.innerHTML = `<script id="app-words" type="application/json">${JSON.stringify(WORDS)}</script>
    <lh-practice data-about="/about/" data-reminders="/me/reminders/" data-version="1"><h1>Practise</h1></lh-practice>`;
  return document.querySelector("lh-practice")!;
}

const seen = (selector: string): Promise<Element> => vi.waitFor(() => document.querySelector(selector) ?? Promise.reject(new Error(selector)));
const whole = (): Promise<Element> => seen(".app-settings");
const card = (): Element | null => document.querySelector("[aria-labelledby=remind]");

async function kept<T>(read: (store: Store) => Promise<T>): Promise<T> {
  const store = await Store.open();
  const found = await read(store);
  store.close();
  return found;
}

describe("what left the rounds with its source", () => {
  it("is told at home until it was read", async () => {
    academy.retired = [{ bank: "Privacy", source: "GDPR, article 4", count: 2 }];
    open();
    await whole();
    const told = document.querySelector("[aria-labelledby=retired]")!;
    expect(told.querySelector("li")!.textContent).toBe("Privacy: 2 questions, because GDPR, article 4 has changed");
    expect(told.querySelector("a")!.getAttribute("href")).toBe("/practice/");
  });

  it("is not told where there is nothing", async () => {
    open();
    await whole();
    expect(document.querySelector("[aria-labelledby=retired]")).toBeNull();
  });
});

describe("the first visit", () => {
  it("shows the button that begins as soon as the first round came, with what the server counted", async () => {
    academy.trouble = ["size=200", "before"];
    open();
    const button = await seen("[data-begin]");
    expect(button.textContent).toContain("Begin");
    expect(document.querySelector(".card-main")!.textContent).toContain("12 questions · about 4 minutes");
  });

  it("says that it is a good deal, and no number, where the server says so", async () => {
    Object.assign(academy, { behind: true, trouble: ["size=200", "before"] });
    open();
    await seen("[data-begin]");
    expect(document.querySelector(".card-main")!.textContent).toContain("A good deal");
  });

  it("begins when it is pressed at once, though the store is still being made", async () => {
    open();
    ((await seen("[data-begin]")) as HTMLElement).click();
    await seen("form.question");
    expect((await kept((store) => store.get("round")))!.order).toHaveLength(12);
  });

  it("draws the rest of the page afterwards, and keeps all that came", async () => {
    open();
    await whole();
    await vi.waitFor(async () => expect(await kept((store) => store.questionsOf(BANK))).toHaveLength(30));
  });
});

describe("the card that asks about reminders", () => {
  it("stands there once the academy says so, and leads to where it is chosen", async () => {
    academy.asks = true;
    open();
    await whole();
    expect(card()!.querySelector("a")!.getAttribute("href")).toBe("/me/reminders/");
  });

  it("does not stand there before that", async () => {
    open();
    await whole();
    expect(card()).toBeNull();
  });

  it("is gone for good after a no, which is brought to the academy", async () => {
    academy.asks = true;
    open();
    await whole();
    card()!.querySelector<HTMLElement>("[data-decline]")!.click();
    await vi.waitFor(() => expect(academy.asks).toBe(false));
    expect(card()).toBeNull();
    expect(document.body.textContent).toContain("Not asked again");
    document.body.replaceChildren();
    open();
    await whole();
    expect(card()).toBeNull();
  });
});
