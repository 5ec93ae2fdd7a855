// What a round asks, on a telephone without a connection: the rules of leerhuis/practice/pacing.py over the questions
// that were taken along. Within the day of taking them along it follows the server; on later days it goes on by itself.
import { dayOf, daysBetween, examMoment } from "./clock";
import type { Card, RoundOut, Why } from "./forms";
import { recall } from "./memory";
import type { Memory, Parameters, Plan } from "./memory";

const LAST_DAYS = 7;
const MOST_BUFFER = 5;
const BEHIND_ROUNDS = 3;
const LARGEST_ROUND = 60;

/** By what a bank is practised: what came along with its questions, without these. */
export type Pace = Omit<RoundOut, "questions">;

/** A question as it waits: its card, and where the server put it. */
export interface Waiting {
  id: string;
  place: number;
  topic: string;
  card: Card | null;
}

export interface Chosen {
  id: string;
  why: Why;
}

export function memoryOf(card: Card | null): Memory | null {
  if (!card) return null;
  const { stability, difficulty, state, step } = card;
  return { stability, difficulty, state, step, lastReview: new Date(card.last_review), dueAt: new Date(card.due_at) };
}

export function planOf(pace: Pace): Plan {
  return {
    parameters: pace.parameters as unknown as Parameters,
    retention: pace.retention,
    againAfterMinutes: pace.again_after_seconds / 60,
    longestDays: pace.longest_days,
  };
}

/** What is predicted to be known of a question at a moment; 0 for one never met, or missed last time. */
export function expected(card: Card | null, at: Date, pace: Pace): number {
  const memory = memoryOf(card);
  return memory?.state === 2 ? recall(memory, at, planOf(pace).parameters) : 0;
}

/** How many questions a round of the chosen minutes has, at the person's own pace. */
export function usualSize(pace: Pace): number {
  return Math.min(LARGEST_ROUND, Math.max(1, Math.trunc((60 * pace.minutes) / pace.seconds_each)));
}

/** About how many minutes so many questions take. */
export function minutesFor(questions: number, pace: Pace): number {
  return Math.ceil((questions * pace.seconds_each) / 60);
}

/** What waits now, by why; each list in the order in which it goes. */
export interface Lists {
  again: Waiting[];
  due: Waiting[];
  below: Waiting[];
  looks: Waiting[];
  unseen: Waiting[];
  rest: Waiting[];
  newToday: number;
  belowToday: number;
  looksToday: number;
}

export function listsOf(questions: Waiting[], pace: Pace, at: Date): Lists {
  const today = dayOf(at, pace.zone);
  const exam = pace.exam_on && pace.exam_on >= today ? pace.exam_on : null;
  const examAt = exam ? new Date(Math.max(at.getTime(), examMoment(exam, pace.zone).getTime())) : at;
  const inStretch = exam !== null && daysBetween(today, exam) <= LAST_DAYS;
  const lists = { again: [], due: [], below: [], looks: [], unseen: [], rest: [] } as Record<string, Waiting[]>;
  for (const each of [...questions].sort((one, other) => one.place - other.place)) {
    lists[kindOf(each.card)]!.push(each);
  }
  const refreshed = questions.filter(({ card }) => card && isToday(card.last_review)).length;
  const met = refreshedSince(questions, pace, today);
  return {
    ...(sorted(lists, examAt, pace) as Pick<Lists, "again" | "due" | "below" | "looks" | "unseen" | "rest">),
    newToday: exam ? shareToday(pace.unseen - met.new, met.newToday, daysToMeet(pace, today, exam)) : lists.unseen!.length,
    belowToday: shareToday(lists.below!.length, refreshed, daysLeft(today, exam)),
    looksToday: shareToday(lists.looks!.length, refreshed, daysLeft(today, exam)),
  };

  function kindOf(card: Card | null): keyof typeof lists {
    if (!card) return "unseen";
    const isDue = Date.parse(card.due_at) <= at.getTime();
    if (card.state !== 2) return isDue ? "again" : "rest";
    if (inStretch && !isToday(card.last_review) && expected(card, examAt, pace) < pace.retention) return "below";
    if (isDue) return "due";
    const lastStretch = exam !== null && daysBetween(dayOf(new Date(card.last_review), pace.zone), exam) > LAST_DAYS;
    return inStretch && lastStretch ? "looks" : "rest";
  }

  function isToday(moment: string): boolean {
    return dayOf(new Date(moment), pace.zone) === today;
  }
}

/** How many questions were met for the first time since they were taken along, and today. */
function refreshedSince(questions: Waiting[], pace: Pace, today: string): { new: number; newToday: number } {
  const metSince = questions.filter(({ card }) => card?.reps === 1 && Date.parse(card.last_review) > Date.parse(pace.now));
  const metToday = metSince.filter(({ card }) => dayOf(new Date(card!.last_review), pace.zone) === today);
  const before = dayOf(new Date(pace.now), pace.zone) === today ? pace.met_today : 0;
  return { new: metSince.length, newToday: before + metToday.length };
}

function sorted(lists: Record<string, Waiting[]>, examAt: Date, pace: Pace): Record<string, Waiting[]> {
  const byDue = (one: Waiting, other: Waiting): number => Date.parse(one.card!.due_at) - Date.parse(other.card!.due_at);
  const byRecall = (one: Waiting, other: Waiting): number =>
    expected(one.card, examAt, pace) - expected(other.card, examAt, pace) || byDue(one, other);
  for (const name of ["again", "due", "rest"]) lists[name]!.sort(byDue);
  for (const name of ["below", "looks"]) lists[name]!.sort(byRecall);
  return lists;
}

function daysLeft(today: string, exam: string | null): number {
  return exam ? Math.max(1, daysBetween(today, exam)) : 0;
}

/** Over how many days what was never met is spread; the last ones before the exam are free of it. */
function daysToMeet(pace: Pace, today: string, exam: string): number {
  const left = daysLeft(today, exam);
  const days = pace.planned_on ? Math.max(0, daysBetween(pace.planned_on, exam)) : 0;
  const buffer = Math.min(MOST_BUFFER, Math.floor(days / 4));
  return left > buffer ? left - buffer : left;
}

function shareToday(waiting: number, doneToday: number, days: number): number {
  if (days <= 0) return 0;
  return Math.min(waiting, Math.max(0, Math.ceil((waiting + doneToday) / days) - doneToday));
}

/** How much waits today in all, and how much of it one round asks. */
export function waitingNow(questions: Waiting[], pace: Pace, at: Date): { round: number; all: number; isBehind: boolean } {
  const lists = listsOf(questions, pace, at);
  const repeats = lists.again.length + lists.due.length + lists.belowToday;
  const all = repeats + Math.min(lists.newToday, lists.unseen.length) + lists.looksToday;
  const size = usualSize(pace);
  const behind = lists.again.length + lists.due.length > BEHIND_ROUNDS * size && !inLastStretch(pace, at);
  return { round: Math.min(size, all), all, isBehind: behind };
}

function inLastStretch(pace: Pace, at: Date): boolean {
  const today = dayOf(at, pace.zone);
  return pace.exam_on !== null && pace.exam_on >= today && daysBetween(today, pace.exam_on) <= LAST_DAYS;
}

/** What the next round asks, and why: repeats first, then what is new; where nothing waits, what comes up soonest. */
export function composed(questions: Waiting[], pace: Pace, at: Date, size = usualSize(pace)): Chosen[] {
  const lists = listsOf(questions, pace, at);
  const repeats = [
    ...because("again", lists.again),
    ...because("exam", lists.below.slice(0, lists.belowToday)),
    ...because("due", lists.due),
  ];
  const kept = lists.newToday && pace.exam_on ? Math.ceil(size / 3) : 0;
  const slots = Math.min(lists.newToday, lists.unseen.length, Math.max(Math.max(0, size - repeats.length), kept));
  const fresh = because("new", lists.unseen.slice(0, slots));
  const looks = because("exam", lists.looks.slice(0, lists.looksToday));
  const picked = [...repeats.slice(0, size - fresh.length), ...fresh, ...looks].slice(0, size);
  const ahead = [...because("new", lists.unseen), ...because("exam", [...lists.below, ...lists.looks]), ...because("ahead", lists.rest)];
  return turned(picked.length ? picked : ahead.slice(0, size), questions);
}

function because(why: Why, waiting: Waiting[]): Chosen[] {
  return waiting.map(({ id }) => ({ id, why }));
}

/** Let topics take turns as far as can be; otherwise what stands first comes first. */
function turned(chosen: Chosen[], questions: Waiting[]): Chosen[] {
  const topics = new Map(questions.map(({ id, topic }) => [id, topic]));
  const left = [...chosen];
  const order: Chosen[] = [];
  while (left.length) {
    const last = topics.get(order.at(-1)?.id ?? "");
    const crowded = mostOf(left, topics);
    const fitting = left.findIndex(({ id }) => topics.get(id) !== last && (!crowded || topics.get(id) === crowded));
    const other = fitting >= 0 ? fitting : left.findIndex(({ id }) => topics.get(id) !== last);
    order.push(...left.splice(Math.max(0, other), 1));
  }
  return order;
}

/** The topic that fills more than half of what is left, if there is one: it must not be kept for the end. */
function mostOf(left: Chosen[], topics: Map<string, string>): string | undefined {
  const sizes = new Map<string, number>();
  for (const { id } of left) sizes.set(topics.get(id) ?? "", (sizes.get(topics.get(id) ?? "") ?? 0) + 1);
  return [...sizes].find(([, size]) => 2 * size > left.length)?.[0];
}
