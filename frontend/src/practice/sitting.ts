// One sitting of practice: questions one after the other, each judged and planned here and now, whatever the connection.
import type { Clock } from "./clock";
import { dayOf, daysBetween } from "./clock";
import type { Card, Why } from "./forms";
import { grade, readAnswer, rightAnswer } from "./judging";
import type { Unreadable } from "./judging";
import type { Content, Fields, Verdict } from "./kinds";
import { review } from "./memory";
import { composed, expected, memoryOf, planOf, usualSize } from "./pacing";
import type { Waiting } from "./pacing";
import type { KeptBank, KeptQuestion, OpenRound, Queued, Store } from "./store";
import { verdict } from "./typed";

const LONGEST_MS = 600_000; // somebody who takes longer was doing something else
const STALE = 86_400_000; // a round that was left open longer is not gone on with
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** When a question comes back: in how many days (0: in the next round), or before the exam. */
export interface Back {
  days: number;
  beforeExam: boolean;
}

export interface Growth {
  percent: [number, number];
  topics: { title: string; before: number; now: number }[];
  asked: number;
  right: number;
  newlyKnown: number;
  minutes: number;
}

export type Wanted = { kind: "usual" } | { kind: "bookmarks" } | { kind: "topic"; topic: string };

export class Sitting {
  verdict: Verdict | null = null;
  private shownAt = Date.now();

  private constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    readonly round: OpenRound,
    readonly bank: KeptBank,
    public question: KeptQuestion,
  ) {}

  /** Begin a round; null where there is nothing to ask. */
  static async begin(store: Store, clock: Clock, bankId: string, wanted: Wanted): Promise<Sitting | null> {
    const bank = await store.bank(bankId);
    if (!bank) return null;
    const questions = await store.questionsOf(bankId);
    const order = chosen(questions, bank, clock.now(), wanted);
    if (!order.length) return null;
    const round: OpenRound = {
      bank: bankId,
      title: bank.bank.title,
      order,
      place: 0,
      given: [],
      seed: crypto.randomUUID(),
      begunAt: Date.now(),
      spentMs: 0,
      before: { percent: standOf(bank).percent, topics: standOf(bank).topics },
      kind: wanted.kind,
      fields: {},
      answered: false,
      over: false,
    };
    await store.set("round", round);
    return Sitting.at(store, clock, round, bank);
  }

  /** Go on with the round that was left open, if there is one and it is not a day old. */
  static async resume(store: Store, clock: Clock): Promise<Sitting | null> {
    const round = await store.get("round");
    const bank = round && (await store.bank(round.bank));
    if (!round || !bank || round.over) return null;
    if (isStale(round)) {
      await store.forget("round");
      return null;
    }
    return Sitting.at(store, clock, round, bank);
  }

  private static async at(store: Store, clock: Clock, round: OpenRound, bank: KeptBank): Promise<Sitting | null> {
    const question = await nextHere(store, round);
    if (!question) {
      await store.forget("round");
      return null;
    }
    const sitting = new Sitting(store, clock, round, bank, question);
    const given = round.answered ? round.given.at(-1) : undefined;
    if (given) sitting.verdict = given.outcome === "shown" ? verdict("shown") : grade(sitting.asked, given.line);
    return sitting;
  }

  /** The question with its kind, as judging takes it. */
  get asked(): Content {
    return { kind: this.question.kind, content: this.question.content } as Content;
  }

  get why(): Why {
    return this.round.order[this.round.place]!.why as Why;
  }

  /** The answer as its line: what was given, or what is right where it was looked at. */
  get line(): string {
    const given = this.round.given.at(-1);
    return given?.outcome === "shown" ? rightAnswer(this.asked) : (given?.line ?? "");
  }

  get number(): number {
    return this.round.place + 1;
  }

  get total(): number {
    return this.round.order.length;
  }

  get isLast(): boolean {
    return this.round.place + 1 >= this.round.order.length;
  }

  /** Remember what is filled in so far, so that a pause loses nothing. */
  async fill(fields: Fields): Promise<void> {
    this.round.fields = fields;
    if (!this.round.answered) await this.store.set("round", this.round);
  }

  /** Judge an answer and keep it, with all that follows from it. */
  async answer(fields: Fields): Promise<Unreadable | Verdict> {
    const read = readAnswer(this.asked, fields);
    if ("unreadable" in read) return read.unreadable;
    return this.keep(read.line, grade(this.asked, read.line), fields);
  }

  /** Show the answer to a question that was never met: no mistake, and it comes back in the next round. */
  async show(): Promise<Verdict> {
    return this.keep("", verdict("shown"), {});
  }

  private async keep(line: string, found: Verdict, fields: Fields): Promise<Verdict> {
    if (this.round.answered && this.verdict) return this.verdict;
    const at = this.clock.now();
    const took = Date.now() - this.shownAt;
    const before = this.question.card;
    const card = cardAfter(before, found, at, this.bank);
    const gain = expected(card, at, this.bank.pace) - expected(before, at, this.bank.pace);
    const topic = this.question.topic.id;
    const wasKnown = before?.state === 2;
    const { question, bank, round } = this;
    const answer: Queued = {
      id: crypto.randomUUID(),
      bank: bank.id,
      question: question.id,
      version: question.version,
      at: at.toISOString(),
      answer: fields,
      took_ms: took > 0 && took <= LONGEST_MS ? took : null,
      shown: found.outcome === "shown",
    };
    const given = { question: question.id, outcome: found.outcome, line, wasKnown, gain, topic };
    const next: OpenRound = { ...round, given: [...round.given, given], fields, answered: true };
    next.spentMs += Math.min(Math.max(took, 0), LONGEST_MS);
    await this.store.keepAnswer(answer, card, next, { topic, gain });
    Object.assign(round, next);
    bank.drift[topic] = (bank.drift[topic] ?? 0) + gain;
    this.question = { ...question, card, changed: false };
    this.verdict = found;
    return found;
  }

  /** Go to the next question that is still here; false at the end. */
  async next(): Promise<boolean> {
    Object.assign(this.round, { place: this.round.place + 1, fields: {}, answered: false });
    const question = await nextHere(this.store, this.round);
    this.round.over = question === null;
    await this.store.set("round", this.round);
    if (!question) return false;
    this.question = question;
    this.verdict = null;
    this.shownAt = Date.now();
    return true;
  }

  /** End the round before its last question. */
  async end(): Promise<void> {
    this.round.over = true;
    await this.store.set("round", this.round);
  }

  /** When the question on show comes back. */
  back(): Back {
    const due = Date.parse(this.question.card?.due_at ?? this.clock.now().toISOString());
    const now = this.clock.now();
    const days = Math.max(0, Math.floor((due - now.getTime() + HOUR) / DAY));
    const { exam_on: exam, zone } = this.bank.pace;
    const today = dayOf(now, zone);
    const ahead = exam !== null && exam >= today ? daysBetween(today, exam) : null;
    return { days, beforeExam: ahead !== null && ahead > 7 && days >= ahead };
  }

  async report(trouble: string): Promise<void> {
    await this.store.addMark({ bank: this.bank.id, question: this.question.id, what: "trouble", trouble });
  }

  async bookmark(keep: boolean): Promise<void> {
    await this.store.addMark({ bank: this.bank.id, question: this.question.id, what: keep ? "keep" : "let_go", trouble: "" });
    this.question = { ...this.question, bookmarked: keep };
  }

  /** What the round brought. */
  growth(): Growth {
    const { before, given } = this.round;
    const now = standOf(this.bank);
    const asked = given.filter((each) => each.outcome !== "shown");
    const touched = new Set(given.map((each) => each.topic));
    const topics = (this.bank.mastery?.topics ?? []).filter(({ id }) => touched.has(id));
    return {
      percent: [before.percent, now.percent],
      topics: topics.map(({ id, title }) => ({ title, before: before.topics[id] ?? 0, now: now.topics[id] ?? 0 })),
      asked: asked.length,
      right: asked.filter((each) => each.outcome === "right").length,
      newlyKnown: asked.filter((each) => each.outcome === "right" && !each.wasKnown).length,
      minutes: Math.max(1, Math.round(this.round.spentMs / 60_000)),
    };
  }
}

/** How a bank stands in whole percents: as the server said, moved by the answers since. */
export function standOf(bank: KeptBank): { percent: number; topics: Record<string, number> } {
  const topics: Record<string, number> = {};
  let moved = 0;
  for (const each of bank.mastery?.topics ?? []) {
    const gain = bank.drift[each.id] ?? 0;
    moved += gain;
    topics[each.id] = whole(each.percent, gain, each.questions);
  }
  return { percent: whole(bank.mastery?.percent ?? bank.bank.percent, moved, bank.bank.questions), topics };
}

function whole(percent: number, gain: number, questions: number): number {
  return questions ? Math.round(Math.min(100, Math.max(0, percent + (100 * gain) / questions))) : percent;
}

function chosen(questions: KeptQuestion[], bank: KeptBank, at: Date, wanted: Wanted): { id: string; why: Why }[] {
  const size = usualSize(bank.pace);
  if (wanted.kind === "bookmarks") {
    const kept = questions.filter((each) => each.bookmarked).slice(0, size);
    return kept.map(({ id }) => ({ id, why: "ahead" }));
  }
  if (wanted.kind === "usual" && isAsBegun(bank)) return [...questions].sort((one, other) => one.place - other.place).map(({ id, why }) => ({ id, why }));
  const among = wanted.kind === "topic" ? questions.filter((each) => each.topic.id === wanted.topic) : questions;
  return composed(among.map(waitingOf), bank.pace, at, size);
}

export function waitingOf(question: KeptQuestion): Waiting {
  return { id: question.id, place: question.place, topic: question.topic.id, card: question.card };
}

/** True while what is here is the next round as the server made it, of which nothing was answered yet. */
export function isAsBegun(bank: KeptBank): boolean {
  return bank.begun === true && !Object.keys(bank.drift).length;
}

/** True for a round that was left open for so long that it is not gone on with. */
export function isStale(round: OpenRound): boolean {
  return Math.abs(Date.now() - round.begunAt) > STALE;
}

/** The question at the place of a round, past those that went meanwhile; null at the end. */
async function nextHere(store: Store, round: OpenRound): Promise<KeptQuestion | null> {
  while (round.place < round.order.length) {
    const question = await store.question(round.order[round.place]!.id);
    if (question) return question;
    round.order.splice(round.place, 1);
    round.answered = false;
  }
  return null;
}

/** A card after an answer, as the server will make it. */
function cardAfter(card: Card | null, found: Verdict, at: Date, bank: KeptBank): Card {
  const right = found.outcome === "right";
  const before = memoryOf(card);
  const moment = before && before.lastReview > at ? before.lastReview : at;
  const memory = review(before, right, moment, planOf(bank.pace));
  const forgotten = card?.state === 2 && !right;
  return {
    stability: memory.stability,
    difficulty: memory.difficulty,
    state: memory.state,
    step: memory.step,
    last_review: memory.lastReview.toISOString(),
    due_at: memory.dueAt.toISOString(),
    reps: (card?.reps ?? 0) + (found.outcome === "shown" ? 0 : 1),
    lapses: (card?.lapses ?? 0) + (forgotten ? 1 : 0),
  };
}

/** On how many days somebody practised without leaving out more than two in a row; days off do not end it. */
export function streak(days: string[], today: string): number {
  const DAYS_OFF = 2;
  let count = 0;
  let next = today;
  for (const day of [...new Set(days)].filter((each) => each <= today).sort().reverse()) {
    if (daysBetween(day, next) > DAYS_OFF + 1) break;
    count += 1;
    next = day;
  }
  return count;
}
