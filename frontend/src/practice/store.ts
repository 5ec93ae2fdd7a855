// What this device keeps of one person's practice: questions to ask, answers that wait, the round that is open. It has
// one name, whoever it belongs to, so that it can be wiped by pages that know nobody (private.ts).
import { openDB } from "idb";
import type { DBSchema, IDBPDatabase } from "idb";
import type { Asked, BankOut, MasteryOut, About, Card } from "./forms";
import type { Fields, Outcome } from "./kinds";
import type { Pace } from "./pacing";
import { STORE } from "./private";

const VERSION = 1;

/** Whose store it is: a key without a name, and whether they chose to stay signed in on this device. */
export interface Owner {
  who: string;
  kept: boolean;
  usedAt: number;
  offset: number;
}

/** What the home page shows without a connection. */
export interface Home {
  about: About;
  days: string[];
  /** Whether to ask, once it was of value, if we may remind them. */
  asks: boolean;
  at: number;
}

export interface Choices {
  sound: boolean;
  haptics: boolean;
}

export interface Given {
  question: string;
  outcome: Outcome;
  line: string;
  wasKnown: boolean;
  gain: number;
  topic: string;
}

/** A round as it stands; it outlives the page, so that it can be gone on with. */
export interface OpenRound {
  bank: string;
  title: string;
  order: { id: string; why: string }[];
  place: number;
  given: Given[];
  seed: string;
  begunAt: number;
  spentMs: number;
  before: { percent: number; topics: Record<string, number> };
  kind: "usual" | "bookmarks" | "topic";
  /** What was filled in to the question that is on, and its answer once it was given. */
  fields: Fields;
  answered: boolean;
  over: boolean;
}

/** A bank as it was taken along; `drift` is by how much answers since moved what is expected, per topic. */
export interface KeptBank {
  id: string;
  bank: BankOut;
  pace: Pace;
  mastery: MasteryOut | null;
  drift: Record<string, number>;
  /** Its place among the banks: the one that needs it most comes first. */
  rank: number;
  /** True while only its next round is here, in the order of the server; the rest is on its way. */
  begun?: boolean;
  at: number;
}

/** A question taken along; `light` where its words were let go because the device is full. */
export interface KeptQuestion extends Asked {
  bank: string;
  place: number;
}

/** A bank with its questions. */
export interface Stock {
  kept: KeptBank;
  questions: KeptQuestion[];
}

/** An answer that waits to be brought to the server. */
export interface Queued {
  id: string;
  bank: string;
  question: string;
  version: number;
  at: string;
  answer: Fields;
  took_ms: number | null;
  shown: boolean;
}

/** Something else that waits: a bookmark, what is wrong with a question, or that nothing need be asked about reminders. */
export interface Mark {
  id?: number;
  bank: string;
  question: string;
  what: "keep" | "let_go" | "trouble" | "no_reminders";
  trouble: string;
}

interface Tables extends DBSchema {
  about: { key: string; value: unknown };
  banks: { key: string; value: KeptBank };
  questions: { key: string; value: KeptQuestion; indexes: { bank: string } };
  queue: { key: string; value: Queued; indexes: { bank: string } };
  marks: { key: number; value: Mark };
}

type Singles = { owner: Owner; home: Home; choices: Choices; round: OpenRound };

/** The store of one person on this device. */
export class Store {
  private constructor(
    private readonly db: IDBPDatabase<Tables>,
    /** Drops what can be fetched again, when the device is full; true when something went. */
    private readonly makeRoom: () => Promise<boolean>,
  ) {}

  static async open(makeRoom: () => Promise<boolean> = async () => false): Promise<Store> {
    const db = await openDB<Tables>(STORE, VERSION, {
      upgrade(made) {
        made.createObjectStore("about");
        made.createObjectStore("banks", { keyPath: "id" });
        made.createObjectStore("questions", { keyPath: "id" }).createIndex("bank", "bank");
        made.createObjectStore("queue", { keyPath: "id" }).createIndex("bank", "bank");
        made.createObjectStore("marks", { keyPath: "id", autoIncrement: true });
      },
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(), // somebody wipes: let them
    });
    return new Store(db, makeRoom);
  }

  close(): void {
    this.db.close();
  }

  async get<Name extends keyof Singles>(name: Name): Promise<Singles[Name] | undefined> {
    return (await this.db.get("about", name)) as Singles[Name] | undefined;
  }

  async set<Name extends keyof Singles>(name: Name, value: Singles[Name]): Promise<void> {
    await this.withRoom(() => this.db.put("about", value, name));
  }

  async forget(name: keyof Singles): Promise<void> {
    await this.db.delete("about", name);
  }

  banks(): Promise<KeptBank[]> {
    return this.db.getAll("banks");
  }

  bank(id: string): Promise<KeptBank | undefined> {
    return this.db.get("banks", id);
  }

  questionsOf(bank: string): Promise<KeptQuestion[]> {
    return this.db.getAllFromIndex("questions", "bank", bank);
  }

  question(id: string): Promise<KeptQuestion | undefined> {
    return this.db.get("questions", id);
  }

  waiting(): Promise<number> {
    return this.db.count("queue");
  }

  queued(bank: string, most: number): Promise<Queued[]> {
    return this.db.getAllFromIndex("queue", "bank", bank, most);
  }

  async banksWaiting(): Promise<string[]> {
    const all = await this.db.getAll("queue");
    return [...new Set(all.map((each) => each.bank))];
  }

  marks(): Promise<Mark[]> {
    return this.db.getAll("marks");
  }

  /** Keep an answer with what follows from it: the card, the round and the wait for a connection. All of it or nothing. */
  async keepAnswer(answer: Queued, card: Card, round: OpenRound, drift: { topic: string; gain: number }): Promise<void> {
    await this.withRoom(async () => {
      const change = this.db.transaction(["questions", "queue", "about", "banks"], "readwrite", { durability: "strict" });
      const question = await change.objectStore("questions").get(answer.question);
      if (question) await change.objectStore("questions").put({ ...question, card, changed: false });
      const bank = await change.objectStore("banks").get(answer.bank);
      if (bank) {
        bank.drift[drift.topic] = (bank.drift[drift.topic] ?? 0) + drift.gain;
        await change.objectStore("banks").put(bank);
      }
      await change.objectStore("queue").put(answer);
      await change.objectStore("about").put(round, "round");
      await change.done;
    });
  }

  async addMark(mark: Mark): Promise<void> {
    await this.withRoom(async () => {
      const change = this.db.transaction(["marks", "questions"], "readwrite");
      await change.objectStore("marks").add(mark);
      const question = await change.objectStore("questions").get(mark.question);
      if (question && (mark.what === "keep" || mark.what === "let_go")) {
        await change.objectStore("questions").put({ ...question, bookmarked: mark.what === "keep" });
      }
      await change.done;
    });
  }

  async removeMark(id: number): Promise<void> {
    await this.db.delete("marks", id);
  }

  /** Take answers that arrived off the list, and questions that are no longer asked out of the store. */
  async arrived(answers: string[], dropped: string[]): Promise<void> {
    const change = this.db.transaction(["queue", "questions"], "readwrite");
    for (const id of answers) await change.objectStore("queue").delete(id);
    for (const id of dropped) await change.objectStore("questions").delete(id);
    await change.done;
  }

  /**
   * Put a bank as the server has it now in the place of what was here. Answers that wait keep the card that they made:
   * the server does not know them yet. The questions of an open round stay until it is over.
   */
  async replaceBank(kept: KeptBank, questions: KeptQuestion[], stay: Set<string>): Promise<void> {
    await this.withRoom(async () => {
      const change = this.db.transaction(["banks", "questions", "queue"], "readwrite");
      const waiting = await change.objectStore("queue").index("bank").getAll(kept.id);
      const touched = new Set(waiting.map((each) => each.question));
      const before = await change.objectStore("questions").index("bank").getAll(kept.id);
      const cards = new Map(before.filter((each) => touched.has(each.id)).map((each) => [each.id, each.card]));
      const now = new Set(questions.map((each) => each.id));
      for (const each of before) {
        if (!now.has(each.id) && !stay.has(each.id)) await change.objectStore("questions").delete(each.id);
      }
      // Two hundred ways there and back, one after the other, would keep a slow telephone from answering a finger.
      const earlier = await change.objectStore("banks").get(kept.id);
      const put = questions.map((each) => change.objectStore("questions").put({ ...each, card: cards.get(each.id) ?? each.card }));
      const bank = change.objectStore("banks").put(touched.size && earlier ? { ...kept, drift: earlier.drift } : kept);
      await Promise.all([...put, bank, change.done]);
    });
  }

  /** Put banks of which nothing is here, with what one can begin with; all at once. */
  async beginWith(stocks: Stock[]): Promise<void> {
    await this.withRoom(async () => {
      const change = this.db.transaction(["banks", "questions"], "readwrite");
      const here = new Set(await change.objectStore("banks").getAllKeys());
      const fresh = stocks.filter((each) => !here.has(each.kept.id));
      const put = fresh.flatMap(({ kept, questions }) => [
        change.objectStore("banks").put(kept),
        ...questions.map((each) => change.objectStore("questions").put(each)),
      ]);
      await Promise.all([...put, change.done]);
    });
  }

  /** Forget a bank that is no longer open, with what waits for it; returns how many answers went. */
  async dropBank(id: string): Promise<number> {
    const change = this.db.transaction(["banks", "questions", "queue", "about"], "readwrite");
    await change.objectStore("banks").delete(id);
    for (const key of await change.objectStore("questions").index("bank").getAllKeys(id)) {
      await change.objectStore("questions").delete(key);
    }
    const lost = await change.objectStore("queue").index("bank").getAllKeys(id);
    for (const key of lost) await change.objectStore("queue").delete(key);
    const round = (await change.objectStore("about").get("round")) as OpenRound | undefined;
    if (round?.bank === id) await change.objectStore("about").delete("round");
    await change.done;
    return lost.length;
  }

  /** Let go of questions that come up last, so that answers still fit; those of the open round stay. */
  async shrink(): Promise<boolean> {
    const round = await this.get("round");
    const stay = new Set(round?.order.map((each) => each.id));
    const all = (await this.db.getAll("questions")).filter((each) => !stay.has(each.id));
    const go = all.sort((one, other) => other.place - one.place).slice(0, Math.ceil(all.length / 2));
    await this.arrived([], go.map((each) => each.id));
    return go.length > 0;
  }

  /** Do it; when the device is full, first let go of what can be fetched again, and try once more each time. */
  private async withRoom(act: () => Promise<unknown>): Promise<void> {
    for (const room of [this.makeRoom, () => this.shrink(), null]) {
      try {
        await act();
        return;
      } catch (fault) {
        if (!isFull(fault) || !room) throw fault;
        await room();
      }
    }
  }
}

/** True for what a browser says when the device, or the part of it for this site, is full. */
export function isFull(fault: unknown): boolean {
  return fault instanceof Error && (fault.name === "QuotaExceededError" || /quota/i.test(fault.message));
}
