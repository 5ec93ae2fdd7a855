// Bringing answers away and fetching what comes next. Nothing here is waited for by whoever answers.
import { Calls, Failed } from "./calls";
import type { Clock } from "./clock";
import { isAsked, isMastery, isRound, isStart, isTaken } from "./forms";
import type { About, BankOut, MasteryOut, RoundOut, StartOut, Taken } from "./forms";
import type { KeptBank, KeptQuestion, Mark, Queued, Stock, Store } from "./store";

export const BATCH = 200;
const ALONG = 200; // questions
const FRESH = 10 * 60_000; // milliseconds in which what was fetched is not fetched again without need
const WAITS = [5_000, 20_000, 60_000, 300_000];
export const START = "start?take=1"; // as the page of the app has it fetched beforehand (portal/views/app.py)
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
  /** Something to begin with is here, and more may follow; what it shows comes before that. */
  arrived?: () => Promise<void>;
}

/** Whose it is, and what can be begun with. */
export interface Greeting {
  asked: number;
  about: About;
  start: StartOut;
}

/** Ask both at once, before there is a store to keep them in. */
export async function greeting(calls: Calls): Promise<Greeting> {
  const asked = Date.now();
  const [about, start] = await Promise.all([calls.about(), calls.get(START, isStart)]);
  return { asked, about, start };
}

export class Sync {
  private running: Promise<News> | null = null;
  private again: boolean | null = null; // whether the run that comes next also fetches
  private isStopped = false;
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
  now({ fetch = true, greeted }: { fetch?: boolean; greeted?: Promise<Greeting> } = {}): Promise<News> {
    if (this.running) {
      this.again = this.again || fetch;
      return this.running;
    }
    window.clearTimeout(this.timer);
    this.running = alone(() => this.run(fetch, greeted)).finally(() => {
      this.running = null;
      const next = this.again;
      this.again = null;
      if (next !== null) void this.now({ fetch: next });
    });
    return this.running;
  }

  private async run(fetch: boolean, greeted?: Promise<Greeting>): Promise<News> {
    try {
      const state = await this.whole(fetch, greeted);
      this.failures = 0;
      return await this.say(state);
    } catch (fault) {
      if (fault instanceof Failed && fault.kind === "out") return this.say("out");
      if (!(fault instanceof Failed)) throw fault;
      this.later(fault.again * 1000);
      return this.say("away");
    }
  }

  private async whole(fetch: boolean, greeted?: Promise<Greeting>): Promise<News["state"]> {
    const owner = await this.store.get("owner");
    // Where nothing is here yet, what one can begin with is asked for together with whose it is.
    const { asked, about, start } = fetch && !owner ? await (greeted ?? greeting(this.calls)) : await this.asking();
    if (owner && owner.who !== about.who) return "other";
    const offset = this.clock.adjust(about.now, asked);
    this.hooks.owned?.(about.who, about.kept); // before anything of theirs is kept
    await this.store.set("owner", { who: about.who, kept: about.kept, usedAt: Date.now(), offset });
    const brought = await this.bring();
    if (fetch) await this.fetchAll(about, brought > 0, start);
    return "done";
  }

  private async asking(): Promise<Omit<Greeting, "start"> & { start: null }> {
    const asked = Date.now();
    return { asked, about: await this.calls.about(), start: null };
  }

  /** Bring what waits, bank by bank; return how many answers arrived. */
  async bring(): Promise<number> {
    let arrived = 0;
    const [banks, marks] = await Promise.all([this.store.banksWaiting(), this.store.marks()]);
    for (const bank of banks) {
      for (let batch = await this.store.queued(bank, BATCH); batch.length; batch = await this.store.queued(bank, BATCH)) {
        arrived += await this.bringBatch(bank, batch);
      }
    }
    for (const mark of marks) await this.bringMark(mark);
    return arrived;
  }

  private async bringBatch(bank: string, batch: Queued[]): Promise<number> {
    try {
      const answers = batch.map(({ bank: _bank, moved: _moved, ...answer }) => answer);
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
      if (mark.what === "no_reminders") await this.calls.tell("reminders/decline", {});
      else if (mark.what === "let_go") await this.calls.remove(at);
      else await this.calls.put(at, mark.what === "trouble" ? { trouble: mark.trouble } : {});
    } catch (fault) {
      if (!(fault instanceof Failed) || fault.kind !== "refused") throw fault; // what is refused now is refused later, too
    }
    await this.store.removeMark(mark.id!);
  }

  private async fetchAll(about: About, changed: boolean, begun: StartOut | null): Promise<void> {
    const [home, kept] = await Promise.all([this.store.get("home"), this.store.banks()]);
    const isFresh = home !== undefined && Date.now() - home.at < FRESH && Date.now() >= home.at;
    if (isFresh && !changed && !this.stale.size && kept.length) {
      await this.store.set("home", { ...home, about });
      return;
    }
    const start = begun ?? (await this.calls.get(kept.length ? "start?take=0" : START, isStart));
    const { banks } = start;
    for (const each of kept) {
      if (!banks.some(({ id }) => id === each.id)) this.lost.closed += await this.store.dropBank(each.id);
    }
    await Promise.all([this.keepHome(about, start, 0), this.store.beginWith(stocksOf(start))]);
    if (start.rounds.length) await this.hooks.arrived?.();
    for (const [rank, bank] of banks.entries()) {
      if (this.isStopped) return;
      await this.fetchBank(bank, rank);
      await this.hooks.arrived?.();
    }
    this.stale.clear();
    await this.keepHome(about, start, Date.now());
    await this.hooks.wanted?.(await this.addresses(banks));
  }

  private async keepHome(about: About, { days, asks_reminders }: StartOut, at: number): Promise<void> {
    const declined = (await this.store.marks()).some(({ what }) => what === "no_reminders"); // said meanwhile
    await this.store.set("home", { about, days, asks: asks_reminders && !declined, at });
  }

  private async fetchBank(bank: BankOut, rank: number): Promise<void> {
    const at = `banks/${bank.id}`;
    const [round, mastery] = await Promise.all([
      this.calls.get(`${at}/round?size=${ALONG}`, isRound),
      this.calls.get(`${at}/mastery`, isMastery),
    ]);
    const { kept, questions } = keptOf({ bank, rank, begun: false }, round, mastery);
    const open = await this.store.get("round");
    const stay = new Set(open?.over ? [] : open?.order.map((each) => each.id));
    await this.store.replaceBank(kept, questions, stay);
  }

  private async addresses(banks: BankOut[]): Promise<string[]> {
    const all = await Promise.all(banks.map(({ id }) => this.store.questionsOf(id)));
    const inOrder = all.flat().sort((one, other) => one.place - other.place);
    return [...new Set(inOrder.flatMap(({ media }) => media.map(({ address }) => address)))];
  }

  private later(least: number): void {
    if (this.isStopped) return; // while a call was under way
    const wait = Math.max(least, WAITS[Math.min(this.failures, WAITS.length - 1)]! * (0.75 + Math.random() / 2));
    this.failures += 1;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.now(), wait);
  }

  /** Try no more by itself. */
  stop(): void {
    this.isStopped = true;
    window.clearTimeout(this.timer);
  }

  private async say(state: News["state"]): Promise<News> {
    const news = { state, waiting: await this.store.waiting(), lost: this.lost, offset: this.clock.offset };
    this.lost = { clock: 0, closed: 0, unreadable: 0 };
    this.tell(news);
    return news;
  }
}

/** The banks of which the next round came along, in the form in which they are kept, the first first. */
export function stocksOf({ banks, rounds, masteries }: StartOut): Stock[] {
  const stocks = rounds.map((round) => {
    const rank = banks.findIndex(({ id }) => id === round.bank);
    const mastery = masteries.find(({ bank }) => bank === round.bank) ?? null;
    return rank < 0 ? null : keptOf({ bank: banks[rank]!, rank, begun: true }, round, mastery);
  });
  return stocks.filter((each) => each !== null).sort((one, other) => one.kept.rank - other.kept.rank);
}

/** A bank as it came, in the form in which it is kept. */
function keptOf(of: Pick<KeptBank, "bank" | "rank" | "begun">, round: RoundOut, mastery: MasteryOut | null): Stock {
  const { questions, ...pace } = round;
  const { id } = of.bank;
  const fitting = questions.filter(isAsked).map((each, place): KeptQuestion => ({ ...each, bank: id, place }));
  return { kept: { ...of, id, pace, mastery, drift: {}, at: Date.now() }, questions: fitting };
}

/** One window at a time brings and fetches, where the browser can see to that. */
async function alone<T>(act: () => Promise<T>): Promise<T> {
  return navigator.locks ? ((await navigator.locks.request("leerhuis-practice", act)) as T) : act();
}
