// Bringing answers away and fetching what comes next. Nothing here is waited for by whoever answers.
import { Calls, Failed } from "./calls";
import type { Clock } from "./clock";
import { isAsked, isBanks, isDays, isMastery, isRound, isTaken } from "./forms";
import type { About, BankOut, Taken } from "./forms";
import type { KeptQuestion, Mark, Queued, Store } from "./store";

export const BATCH = 200;
const ALONG = 200; // questions
const FRESH = 10 * 60_000; // milliseconds in which what was fetched is not fetched again without need
const WAITS = [5_000, 20_000, 60_000, 300_000];
const DROPPED = new Set(["unknown", "withdrawn"]);

/** What a screen wants to know of it. */
export interface News {
  /** `done`: all is well; `away`: no connection; `out`: nobody is signed in any more; `other`: somebody else is. */
  state: "done" | "away" | "out" | "other" | "busy";
  waiting: number;
  /** Answers that could not be kept, by why. */
  lost: { clock: number; closed: number; unreadable: number };
  offset: number;
}

const UNREADABLE = new Set(["unreadable", "met_before"]);

/** What is done with what comes. */
export interface Hooks {
  /** Whose store it is, and whether they chose to stay signed in on this device. */
  owned?: (who: string, kept: boolean) => void;
  /** These addresses of pictures, sounds and films are needed. */
  wanted?: (addresses: string[]) => Promise<void>;
  /** One more bank is here, and others may follow. */
  arrived?: () => void;
}

export class Sync {
  private running: Promise<News> | null = null;
  private again: boolean | null = null; // whether the run that comes next also fetches
  private failures = 0;
  private timer = 0;
  private lost = { clock: 0, closed: 0, unreadable: 0 };
  private stale = new Set<string>();

  constructor(
    private readonly store: Store,
    private readonly calls: Calls,
    private readonly clock: Clock,
    private readonly tell: (news: News) => void = () => {},
    private readonly hooks: Hooks = {},
  ) {}

  /** Bring and fetch, now; called again meanwhile it does so once more afterwards. */
  now({ fetch = true }: { fetch?: boolean } = {}): Promise<News> {
    if (this.running) {
      this.again = this.again || fetch;
      return this.running;
    }
    window.clearTimeout(this.timer);
    this.running = alone(() => this.run(fetch)).finally(() => {
      this.running = null;
      const next = this.again;
      this.again = null;
      if (next !== null) void this.now({ fetch: next });
    });
    return this.running;
  }

  private async run(fetch: boolean): Promise<News> {
    try {
      const state = await this.whole(fetch);
      this.failures = 0;
      return await this.say(state);
    } catch (fault) {
      if (fault instanceof Failed && fault.kind === "out") return this.say("out");
      if (!(fault instanceof Failed)) throw fault;
      this.later(fault.again * 1000);
      return this.say("away");
    }
  }

  private async whole(fetch: boolean): Promise<News["state"]> {
    const asked = Date.now();
    const about = await this.calls.about();
    const owner = await this.store.get("owner");
    if (owner && owner.who !== about.who) return "other";
    const offset = this.clock.adjust(about.now, asked);
    this.hooks.owned?.(about.who, about.kept); // before anything of theirs is kept
    await this.store.set("owner", { who: about.who, kept: about.kept, usedAt: Date.now(), offset });
    const brought = await this.bring();
    if (fetch) await this.fetchAll(about, brought > 0);
    return "done";
  }

  /** Bring what waits, bank by bank; return how many answers arrived. */
  async bring(): Promise<number> {
    let arrived = 0;
    for (const bank of await this.store.banksWaiting()) {
      for (let batch = await this.store.queued(bank, BATCH); batch.length; batch = await this.store.queued(bank, BATCH)) {
        arrived += await this.bringBatch(bank, batch);
      }
    }
    for (const mark of await this.store.marks()) await this.bringMark(mark);
    return arrived;
  }

  private async bringBatch(bank: string, batch: Queued[]): Promise<number> {
    try {
      const answers = batch.map(({ bank: _bank, ...answer }) => answer);
      const taken = await this.calls.post(`banks/${bank}/answers`, { answers }, isTaken);
      await this.settle(bank, batch, taken.answers);
      return batch.length;
    } catch (fault) {
      if (!(fault instanceof Failed) || fault.kind !== "refused") throw fault;
      if (fault.status === 404) return this.closed(bank);
      if (batch.length > 1) {
        // Something among them does not fit: one after the other, so that it keeps nothing else back.
        for (const each of batch) await this.bringBatch(bank, [each]);
        return batch.length;
      }
      if (fault.status !== 422 && fault.status !== 400) throw new Failed("away", fault.status);
      await this.store.arrived([batch[0]!.id], []);
      this.lost.unreadable += 1;
      return 1;
    }
  }

  /** The bank is not open any more: nothing can be kept there. */
  private async closed(bank: string): Promise<number> {
    this.lost.closed += await this.store.dropBank(bank);
    return 0;
  }

  private async settle(bank: string, batch: Queued[], taken: Taken[]): Promise<void> {
    const fates = new Map(taken.map((each) => [each.id, each]));
    const told = batch.filter((each) => fates.has(each.id));
    if (!told.length) throw new Failed("unfit");
    for (const { fate, remarks } of taken) {
      if (fate === "clock") this.lost.clock += 1;
      if (UNREADABLE.has(fate)) this.lost.unreadable += 1;
      if (fate !== "kept" || remarks.includes("changed")) this.stale.add(bank);
    }
    const dropped = taken.filter((each) => DROPPED.has(each.fate)).map((each) => each.question);
    await this.store.arrived(told.map((each) => each.id), dropped);
  }

  private async bringMark(mark: Mark): Promise<void> {
    const at = `banks/${mark.bank}/${mark.what === "trouble" ? "troubles" : "bookmarks"}/${mark.question}`;
    try {
      if (mark.what === "let_go") await this.calls.remove(at);
      else await this.calls.put(at, mark.what === "trouble" ? { trouble: mark.trouble } : {});
    } catch (fault) {
      if (!(fault instanceof Failed) || fault.kind !== "refused") throw fault; // what is refused now is refused later, too
    }
    await this.store.removeMark(mark.id!);
  }

  private async fetchAll(about: About, changed: boolean): Promise<void> {
    const home = await this.store.get("home");
    const kept = await this.store.banks();
    const isFresh = home !== undefined && Date.now() - home.at < FRESH && Date.now() >= home.at;
    if (isFresh && !changed && !this.stale.size && kept.length) {
      await this.store.set("home", { ...home, about });
      return;
    }
    const [banks, days] = await Promise.all([this.calls.get("banks", isBanks), this.calls.get("days", isDays)]);
    for (const each of kept) {
      if (!banks.some(({ id }) => id === each.id)) this.lost.closed += await this.store.dropBank(each.id);
    }
    await this.store.set("home", { about, days: days.days, at: 0 });
    for (const [rank, bank] of banks.entries()) {
      await this.fetchBank(bank, rank);
      this.hooks.arrived?.();
    }
    this.stale.clear();
    await this.store.set("home", { about, days: days.days, at: Date.now() });
    await this.hooks.wanted?.(await this.addresses(banks));
  }

  private async fetchBank(bank: BankOut, rank: number): Promise<void> {
    const at = `banks/${bank.id}`;
    const [round, mastery] = await Promise.all([
      this.calls.get(`${at}/round?size=${ALONG}`, isRound),
      this.calls.get(`${at}/mastery`, isMastery),
    ]);
    const { questions, ...pace } = round;
    const fitting = questions.filter(isAsked).map((each, place): KeptQuestion => ({ ...each, bank: bank.id, place }));
    const open = await this.store.get("round");
    const stay = new Set(open?.over ? [] : open?.order.map(({ id }) => id));
    await this.store.replaceBank({ id: bank.id, bank, pace, mastery, drift: {}, rank, at: Date.now() }, fitting, stay);
  }

  private async addresses(banks: BankOut[]): Promise<string[]> {
    const all = await Promise.all(banks.map(({ id }) => this.store.questionsOf(id)));
    const inOrder = all.flat().sort((one, other) => one.place - other.place);
    return [...new Set(inOrder.flatMap(({ media }) => media.map(({ address }) => address)))];
  }

  private later(least: number): void {
    const wait = Math.max(least, WAITS[Math.min(this.failures, WAITS.length - 1)]! * (0.75 + Math.random() / 2));
    this.failures += 1;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.now(), wait);
  }

  /** Try no more by itself. */
  stop(): void {
    window.clearTimeout(this.timer);
  }

  private async say(state: News["state"]): Promise<News> {
    const news = { state, waiting: await this.store.waiting(), lost: this.lost, offset: this.clock.offset };
    this.lost = { clock: 0, closed: 0, unreadable: 0 };
    this.tell(news);
    return news;
  }
}

/** One window at a time brings and fetches, where the browser can see to that. */
async function alone<T>(act: () => Promise<T>): Promise<T> {
  return navigator.locks ? ((await navigator.locks.request("leerhuis-practice", act)) as T) : act();
}
