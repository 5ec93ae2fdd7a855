import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Calls } from "../src/practice/calls";
import { Clock } from "../src/practice/clock";
import { Sitting, standOf } from "../src/practice/sitting";
import { Store } from "../src/practice/store";
import { Sync } from "../src/practice/sync";
import type { News } from "../src/practice/sync";
import { wipe } from "../src/practice/private";
import { Academy, BANK, statement } from "./academy";

const RIGHT = { choice: ["true"] };
const WRONG = { choice: ["false"] };

let store: Store;
let academy: Academy;
let sync: Sync;
let clock: Clock;
let news: News[];

async function device(): Promise<void> {
  clock = new Clock((await store.get("owner"))?.offset);
  sync = new Sync(store, new Calls("/about/", academy.fetch), clock, (each) => news.push(each));
}

beforeEach(async () => {
  academy = new Academy();
  news = [];
  store = await Store.open();
  await device();
});

afterEach(async () => {
  sync.stop();
  store.close();
  await wipe();
});

async function begin(): Promise<Sitting> {
  await sync.now();
  return (await Sitting.begin(store, clock, BANK, { kind: "usual" }))!;
}

async function answered(sitting: Sitting, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    await sitting.answer(RIGHT);
    await sitting.next();
  }
}

describe("a sitting without a connection", () => {
  it("asks a round of the chosen minutes, topics by turns, and judges at once", async () => {
    const sitting = await begin();
    expect(sitting.total).toBe(12);
    const topics = await Promise.all(sitting.round.order.map(async ({ id }) => (await store.question(id))!.topic.id));
    expect(topics.every((topic, place) => topic !== topics[place + 1])).toBe(true);
    academy.isIn = false; // nobody is asked
    const found = await sitting.answer(WRONG);
    expect(found).toMatchObject({ outcome: "wrong" });
    expect(sitting.question.card).toMatchObject({ state: 1, reps: 1, lapses: 0 });
    expect(await store.waiting()).toBe(1);
    expect(academy.calls.filter((call) => call.startsWith("POST"))).toEqual([]);
  });

  it("keeps an answer once, however often the button is pressed", async () => {
    const sitting = await begin();
    await sitting.answer(RIGHT);
    await sitting.answer(WRONG);
    expect(await store.waiting()).toBe(1);
    expect(sitting.round.given.map(({ outcome }) => outcome)).toEqual(["right"]);
  });

  it("counts nothing for an empty answer", async () => {
    const sitting = await begin();
    expect(await sitting.answer({})).toBe("empty");
    expect(await store.waiting()).toBe(0);
  });

  it("goes on where it stopped, after the page was closed in the middle of a question", async () => {
    const sitting = await begin();
    await answered(sitting, 3);
    await sitting.answer(RIGHT);
    store.close();
    store = await Store.open();
    const resumed = (await Sitting.resume(store, clock))!;
    expect([resumed.number, resumed.verdict?.outcome, resumed.question.id]).toEqual([4, "right", sitting.question.id]);
    await resumed.next();
    await resumed.fill({ choice: ["false"] });
    const again = (await Sitting.resume(store, clock))!;
    expect([again.number, again.verdict, again.round.fields]).toEqual([5, null, { choice: ["false"] }]);
  });

  it("says at the end what grew, and the stand moves with it before the server knows", async () => {
    const sitting = await begin();
    await answered(sitting, 12);
    expect(sitting.round.over).toBe(true);
    const growth = sitting.growth();
    expect(growth).toMatchObject({ percent: [0, 40], asked: 12, right: 12, newlyKnown: 12 });
    expect(growth.topics.map(({ before, now }) => [before, now])).toEqual([[0, 40], [0, 40]]);
    expect(standOf((await store.bank(BANK))!).percent).toBe(40);
  });

  it("shows an answer first as no mistake, and asks the question in the next round", async () => {
    const sitting = await begin();
    await sitting.show();
    expect(sitting.question.card).toMatchObject({ state: 1, reps: 0, lapses: 0 });
    expect(sitting.growth()).toMatchObject({ asked: 0, right: 0 });
    expect(sitting.back()).toEqual({ days: 0, beforeExam: false });
  });
});

describe("the first visit", () => {
  /** What was here each time that something to begin with had come. */
  async function visit(): Promise<{ calls: string[]; begun: boolean | undefined; questions: number }[]> {
    const seen: { calls: string[]; begun: boolean | undefined; questions: number }[] = [];
    const arrived = async (): Promise<void> => {
      const begun = (await store.bank(BANK))?.begun;
      seen.push({ calls: [...academy.calls], begun, questions: (await store.questionsOf(BANK)).length });
    };
    sync = new Sync(store, new Calls("/about/", academy.fetch), clock, (each) => news.push(each), { arrived });
    await sync.now();
    return seen;
  }

  it("lets one begin after two calls made at once, and fetches the rest afterwards", async () => {
    const seen = await visit();
    expect(seen).toEqual([
      { calls: ["GET /about/", "GET start?take=1"], begun: true, questions: 12 },
      { calls: ["GET /about/", "GET start?take=1", "GET banks/B/round?size=200", "GET banks/B/mastery"], begun: false, questions: 30 },
    ]);
    expect((await store.get("home"))!.at).toBeGreaterThan(0);
  });

  it("asks the round in the order of the server while nothing else is here, and by its own rules after the first answer", async () => {
    academy.questions.reverse();
    academy.trouble = ["size=200", "before"];
    await visit();
    const sitting = (await Sitting.begin(store, clock, BANK, { kind: "usual" }))!;
    expect(sitting.round.order.map(({ id }) => id)).toEqual(academy.questions.slice(0, 12).map(({ id }) => id));
    await answered(sitting, 12);
    const next = (await Sitting.begin(store, clock, BANK, { kind: "usual" }))!;
    expect(next.round.order.every(({ why }) => why === "ahead")).toBe(true);
  });

  it("fetches the rest the next time when the connection broke before it came", async () => {
    academy.trouble = ["size=200", "before"];
    await visit();
    expect([news.at(-1)!.state, (await store.bank(BANK))!.begun]).toEqual(["away", true]);
    await visit();
    expect([news.at(-1)!.state, (await store.bank(BANK))!.begun, (await store.questionsOf(BANK)).length]).toEqual(["done", false, 30]);
    expect(academy.calls.filter((call) => call.startsWith("GET start"))).toEqual(["GET start?take=1", "GET start?take=0"]);
  });

  it("keeps the answers that were given while the rest was on its way", async () => {
    academy.trouble = ["size=200", "before"];
    await visit();
    const sitting = (await Sitting.begin(store, clock, BANK, { kind: "usual" }))!;
    await answered(sitting, 2);
    await visit();
    expect(academy.answers.size).toBe(2);
    expect((await store.questionsOf(BANK)).filter(({ card }) => card)).toHaveLength(2);
    await sitting.answer(RIGHT);
    expect(await store.waiting()).toBe(1);
  });

  it("keeps nothing of a round that came for somebody else's store", async () => {
    await store.set("owner", { who: "bram", kept: true, usedAt: 0, offset: 0 });
    expect(await visit()).toEqual([]);
    expect([news.at(-1)!.state, await store.banks()]).toEqual(["other", []]);
  });
});

describe("asking whether we may remind", () => {
  const asks = async (): Promise<boolean> => (await store.get("home"))!.asks;

  it("asks when the academy says so, and brings a no without a connection later", async () => {
    academy.asks = true;
    await sync.now();
    expect(await asks()).toBe(true);
    await store.addMark({ bank: "", question: "", what: "no_reminders", trouble: "" });
    academy.trouble = ["about", "before"];
    await sync.now();
    expect([academy.asks, (await store.marks()).length]).toEqual([true, 1]);
    await store.set("home", { ...(await store.get("home"))!, at: 0 });
    await sync.now();
    expect([academy.asks, await store.marks(), await asks()]).toEqual([false, [], false]);
    expect(academy.marks).toEqual([]);
  });

  it("does not ask again when the no was said while the rest was on its way", async () => {
    academy.asks = true;
    const arrived = async (): Promise<void> => {
      if (!(await store.marks()).length) await store.addMark({ bank: "", question: "", what: "no_reminders", trouble: "" });
    };
    sync = new Sync(store, new Calls("/about/", academy.fetch), clock, () => {}, { arrived });
    await sync.now();
    expect(await asks()).toBe(false);
  });
});

describe("bringing answers away", () => {
  it("brings all that waits, in batches, and takes each off the list", async () => {
    const sitting = await begin();
    await answered(sitting, 12);
    await sync.now();
    expect([academy.answers.size, await store.waiting()]).toEqual([12, 0]);
    expect(academy.calls.filter((call) => call === "POST banks/B/answers")).toHaveLength(1);
    const kept = (await store.questionsOf(BANK)).filter(({ card }) => card);
    expect(kept).toHaveLength(12);
    expect((await store.bank(BANK))!.drift).toEqual({});
  });

  it.each(["before", "after", "cut", "login"] as const)("loses and doubles nothing when the connection breaks %s the answer", async (how) => {
    const sitting = await begin();
    await answered(sitting, 5);
    academy.trouble = ["answers", how];
    await sync.now();
    expect([news.at(-1)!.state, await store.waiting()]).toEqual(["away", 5]);
    await sync.now();
    expect([news.at(-1)!.state, academy.answers.size, await store.waiting()]).toEqual(["done", 5, 0]);
  });

  it.each(["about", "start", "round", "mastery"])("keeps what is here when %s comes as nonsense", async (call) => {
    await begin();
    await store.set("home", { ...(await store.get("home"))!, at: 0 });
    academy.trouble = [call, "login"];
    await sync.now();
    expect([news.at(-1)!.state, (await store.questionsOf(BANK)).length]).toEqual(["away", 30]);
  });

  it("drops a question that was withdrawn meanwhile, and fetches one that was changed", async () => {
    const sitting = await begin();
    await answered(sitting, 2);
    const [gone, changed] = sitting.round.given.map(({ question }) => question);
    academy.questions = academy.questions.filter(({ id }) => id !== gone);
    const other = academy.questions.find(({ id }) => id === changed)!;
    Object.assign(other, { version: 2, stem_html: "<p>Said better</p>" });
    await sitting.end();
    await sync.now();
    expect(await store.question(gone!)).toBeUndefined();
    expect((await store.question(changed!))!.stem_html).toBe("<p>Said better</p>");
    expect(await store.waiting()).toBe(0);
  });

  it("passes over a question of the open round that has gone", async () => {
    const sitting = await begin();
    await answered(sitting, 1);
    await store.arrived([], [sitting.round.order[2]!.id]);
    await sitting.answer(RIGHT);
    const after = sitting.round.order[3]!.id;
    await sitting.next();
    expect([sitting.question.id, sitting.total]).toEqual([after, 11]);
  });

  it("keeps the card of an answer that waits when the questions are fetched anew", async () => {
    const sitting = await begin();
    await sitting.answer(RIGHT);
    const { id } = sitting.question;
    const bank = (await store.bank(BANK))!;
    const fresh = academy.questions.map((each, place) => ({ ...each, bank: BANK, place }));
    await store.replaceBank({ ...bank, drift: {} }, fresh, new Set());
    expect((await store.question(id))!.card).toMatchObject({ reps: 1, state: 2 });
    expect((await store.bank(BANK))!.drift).not.toEqual({});
  });

  it("tells kindly of answers from a time that cannot be, and keeps no other back", async () => {
    const sitting = await begin();
    await answered(sitting, 3);
    const [first] = await store.queued(BANK, 1);
    await store.arrived([first!.id], []);
    const wrong = { ...first!, at: new Date(Date.now() + 3 * 86_400_000).toISOString() };
    await store.keepAnswer(wrong, sitting.question.card ?? statement(0).card!, sitting.round, { topic: "t0", gain: 0 });
    await sync.now();
    expect([news.at(-1)!.lost.clock, academy.answers.size, await store.waiting()]).toEqual([1, 2, 0]);
  });

  it("sends what the server cannot read by itself, so that it keeps nothing else back", async () => {
    const sitting = await begin();
    await answered(sitting, 4);
    const [first] = await store.queued(BANK, 1);
    await store.keepAnswer({ ...first!, answer: { choice: ["does not fit"] } }, sitting.question.card!, sitting.round, { topic: "t0", gain: 0 });
    await sync.now();
    expect([news.at(-1)!.lost.unreadable, academy.answers.size, await store.waiting()]).toEqual([1, 3, 0]);
  });

  it("says how many answers could not be kept because the bank closed", async () => {
    const sitting = await begin();
    await answered(sitting, 3);
    academy.isOpen = false;
    await sync.now();
    expect(news.at(-1)!.lost.closed).toBe(3);
    expect([await store.waiting(), await store.banks(), await store.get("round")]).toEqual([0, [], undefined]);
  });

  it("brings bookmarks and what is wrong with a question, after the answers", async () => {
    const sitting = await begin();
    await sitting.answer(RIGHT);
    await sitting.bookmark(true);
    await sitting.report("typo");
    const { id } = sitting.question;
    expect((await store.question(id))!.bookmarked).toBe(true);
    await sync.now();
    expect(academy.marks).toEqual([`PUT bookmarks/${id} {}`, `PUT troubles/${id} {"trouble":"typo"}`]);
    const order = academy.calls.filter((call) => /^(POST|PUT)/.test(call)).map((call) => call.split("/").at(2));
    expect(order).toEqual(["answers", "bookmarks", "troubles"]);
    expect(await store.marks()).toEqual([]);
  });

  it("asks for a fresh mark once when the old one is no longer valid", async () => {
    const sitting = await begin();
    await sitting.answer(RIGHT);
    const calls = new Calls("/about/", academy.fetch);
    await calls.about();
    academy.mark = "mark-2";
    await calls.put(`banks/${BANK}/bookmarks/q1`, {});
    expect(academy.marks).toEqual(["PUT bookmarks/q1 {}"]);
  });

  it("sends nothing in another person's name", async () => {
    const sitting = await begin();
    await answered(sitting, 2);
    const calls = new Calls("/about/", academy.fetch);
    await calls.about();
    Object.assign(academy, { person: "bram", mark: "mark-2" });
    await expect(calls.put(`banks/${BANK}/bookmarks/q1`, {})).rejects.toMatchObject({ kind: "out" });
    await sync.now();
    expect([news.at(-1)!.state, academy.answers.size, academy.marks]).toEqual(["other", 0, []]);
  });

  it("says so when nobody is signed in any more", async () => {
    await begin();
    academy.isIn = false;
    await sync.now();
    expect(news.at(-1)!.state).toBe("out");
  });

  it("reckons with the server's time on a device whose clock is a day off", async () => {
    academy.offset = -86_400_000;
    const sitting = await begin();
    await sitting.answer(RIGHT);
    await sync.now();
    const [sent] = academy.answers.values();
    expect(Math.abs(Date.parse(sent!.at) - academy.now().getTime())).toBeLessThan(60_000);
    expect(news.at(-1)!.offset).toBeLessThan(-86_000_000);
    await device();
    expect(clock.offset).toBeLessThan(-86_000_000);
  });

  it("brings two devices together", async () => {
    const sitting = await begin();
    await answered(sitting, 2);
    const elsewhere = academy.questions[20]!;
    elsewhere.card = { stability: 3, difficulty: 5, state: 2, step: null, last_review: new Date().toISOString(), due_at: new Date().toISOString(), reps: 1, lapses: 0 };
    await sitting.end();
    await sync.now();
    expect((await store.question(elsewhere.id))!.card).toMatchObject({ reps: 1, stability: 3 });
    expect(academy.answers.size).toBe(2);
  });
});

describe("a device that is full", () => {
  it("first lets go of pictures, then of questions that come up last, and keeps the answer", async () => {
    let dropped = 0;
    store.close();
    store = await Store.open(async () => {
      dropped += 1;
      return true;
    });
    await device();
    const sitting = await begin();
    await fillUp(store, 2);
    await sitting.answer(RIGHT);
    expect([dropped, await store.waiting()]).toEqual([1, 1]);
    expect((await store.questionsOf(BANK)).length).toBeLessThan(30);
    for (const { id } of sitting.round.order) expect(await store.question(id)).toBeDefined();
  });

  it("says so when nothing can be let go, and the question can be answered again", async () => {
    const sitting = await begin();
    await fillUp(store, 9);
    await expect(sitting.answer(RIGHT)).rejects.toMatchObject({ name: "QuotaExceededError" });
    expect([sitting.verdict, sitting.round.answered, await store.waiting()]).toEqual([null, false, 0]);
  });
});

/** Have the browser say that the device is full, so many times: as IndexedDB says it, when a transaction begins. */
async function fillUp(full: Store, times: number): Promise<void> {
  const db = (full as unknown as { db: IDBDatabase }).db;
  const begin = db.transaction.bind(db);
  let left = times;
  Object.defineProperty(full, "db", {
    value: new Proxy(db, {
      get(target, name) {
        if (name !== "transaction") {
          const found = Reflect.get(target, name) as unknown;
          return typeof found === "function" ? (found as (...args: unknown[]) => unknown).bind(target) : found;
        }
        return (stores: string[], mode: IDBTransactionMode, options?: IDBTransactionOptions) => {
          if (mode === "readwrite" && stores.includes("queue") && stores.length === 4 && left > 0) {
            left -= 1;
            throw new DOMException("The device is full.", "QuotaExceededError");
          }
          return begin(stores, mode, options);
        };
      },
    }),
  });
}

