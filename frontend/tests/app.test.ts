import "fake-indexeddb/auto";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { wipe } from "../src/practice/private";
import { Store } from "../src/practice/store";
import { LhPractice } from "../src/practice/ui/app";
import type { Card } from "../src/practice/forms";
import type { Sitting } from "../src/practice/sitting";
import { Academy, BANK } from "./academy";
import { until } from "./patience";

const WORDS = {
  begin: "Begin",
  ahead: "Practise ahead",
  questions_many: "{n} questions",
  about_minutes_many: "about {n} minutes",
  good_deal: "A good deal",
  all_fresh: "All fresh",
  missed_lately: "Comes back soon",
  settings: "Settings",
  remind: "Shall we remind you?",
  remind_choose: "Choose when",
  remind_no: "No",
  remind_declined: "Not asked again",
  away: "Without a connection",
  needs_connection: "Needs a connection",
  streak_many: "{n} days",
  device_full: "Full",
  app_failed: "Did not work",
  broken: "Cannot keep",
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
    <lh-practice data-about="/about/" data-reminders="/me/reminders/" data-plain="/practice/" data-version="1"><h1>Practise</h1></lh-practice>`;
  return document.querySelector("lh-practice")!;
}

const seen = (selector: string): Promise<Element> => until(() => document.querySelector(selector) ?? Promise.reject(new Error(selector)));
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
    await until(async () => expect(await kept((store) => store.questionsOf(BANK))).toHaveLength(30));
  });
});

describe("when nothing waits", () => {
  /** Open the app with each question answered just now, as its card tells. */
  async function told(card: Pick<Card, "state" | "step">): Promise<string> {
    const at = Date.now();
    const moment = (ms: number): string => new Date(at + ms).toISOString();
    const answered: Card = { stability: 9, difficulty: 5, last_review: moment(-1000), due_at: moment(500_000), reps: 1, lapses: 0, ...card };
    academy.questions.forEach((each) => (each.card = answered));
    open();
    await whole();
    return until(() => {
      const words = document.querySelector(".card-main")!.textContent!;
      expect(words).not.toContain("questions");
      return words;
    });
  }

  it("says that all is fresh where all was known", async () => {
    expect(await told({ state: 2, step: null })).toContain("All fresh");
  });

  it("does not say so of what was not known a moment ago", async () => {
    expect(await told({ state: 1, step: 0 })).toContain("Comes back soon");
  });
});

describe("the week", () => {
  it("counts the days of answers that wait to be sent, as the streak does", async () => {
    open();
    await whole();
    await kept(async (store) => {
      const bank = (await store.bank(BANK))!;
      for (const back of [1, 2]) {
        const at = new Date(Date.now() - back * 86_400_000).toISOString();
        const answer = { id: at, bank: BANK, question: "q0", version: 1, at, answer: { choice: ["true"] }, took_ms: null, shown: false };
        const round = { bank: BANK, title: "", order: [], place: 0, given: [], seed: "", begunAt: 0, spentMs: 0, before: { percent: 0, topics: {} }, kind: "usual", fields: {}, answered: false, over: true } as const;
        await store.keepAnswer(answer, (await store.question("q0"))!.card as never, { ...round, order: [], given: [] }, { topic: bank.id, gain: 0 });
      }
    });
    document.body.replaceChildren();
    academy.trouble = ["about", "before"];
    open();
    await whole();
    expect(document.querySelectorAll(".days .done")).toHaveLength(2);
    expect(document.querySelector(".streak-line")!.textContent).toContain("2 days");
  });
});

describe("without a connection", () => {
  it("a link to a page of the server is off, and says why", async () => {
    academy.asks = true;
    open();
    await whole();
    const press = (): boolean => document.querySelector(".app-settings a")!.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    document.addEventListener("click", (event) => event.preventDefault(), { once: true });
    press();
    expect(document.querySelector("[aria-disabled], .app-bar")).toBeNull();
    document.body.replaceChildren();
    academy.trouble = ["about", "before"];
    open();
    await whole();
    await seen("[aria-disabled]");
    academy.trouble = ["about", "before"];
    expect(press()).toBe(false);
    await until(() => expect(document.querySelector(".app-bar")!.textContent).toContain("Needs a connection"));
    await until(() => expect(academy.trouble).toEqual(["", null])); // it was tried at once
    await until(() => expect(press()).toBe(false));
    await until(() => expect(document.querySelector("[aria-disabled], .app-bar")).toBeNull());
  });
});

describe("what fails on the device", () => {
  const bar = (): string => document.querySelector(".app-bar")?.textContent ?? "";

  /** Begin a round in which keeping an answer fails once, and give one. */
  async function answerInto(fault: Error): Promise<void> {
    open();
    await whole();
    document.querySelector<HTMLElement>("[data-begin]")!.click();
    await seen("form.question");
    const { sitting } = document.querySelector("lh-round") as unknown as { sitting: Sitting };
    const keep = sitting.answer.bind(sitting);
    sitting.answer = async () => {
      sitting.answer = keep;
      throw fault;
    };
    const submit = (): void => document.querySelector<HTMLFormElement>("form.question")!.requestSubmit();
    document.querySelector<HTMLInputElement>("[name=choice]")!.click();
    submit();
    await seen(".fault");
    await until(() => expect(bar()).not.toBe(""));
    const told = bar();
    submit();
    await seen("[data-explanation]");
    await until(() => expect(bar()).toBe(""));
    expect(told).toBe(document.body.dataset.expected);
  }

  it("is told as a full device where it is full, until an answer is kept again", async () => {
    document.body.dataset.expected = WORDS.device_full;
    await answerInto(new DOMException("no room", "QuotaExceededError"));
    expect(academy.calls).not.toContain("GET faults");
  });

  it("is told as a fault where it is one, and reported where that is allowed", async () => {
    document.body.dataset.expected = WORDS.app_failed;
    await answerInto(new TypeError("something of ours"));
    expect(academy.calls).toContain("GET faults");
  });

  it("leads to practising without the app where nothing can be kept at all", async () => {
    const databases = window.indexedDB;
    const refusing = { open: () => { throw new DOMException("not here", "SecurityError"); } };
    Object.defineProperty(globalThis, "indexedDB", { value: refusing, configurable: true });
    try {
      open();
      expect((await seen(".empty a")).getAttribute("href")).toBe("/practice/");
      expect(document.querySelector(".empty h2")!.textContent).toBe("Cannot keep");
    } finally {
      Object.defineProperty(globalThis, "indexedDB", { value: databases, configurable: true });
    }
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
    await until(() => expect(academy.asks).toBe(false));
    expect(card()).toBeNull();
    expect(document.body.textContent).toContain("Not asked again");
    document.body.replaceChildren();
    open();
    await whole();
    expect(card()).toBeNull();
  });
});
