// What the API of practice and the page of the app send, and whether something that came has that form. What does not
// fit is not kept: a proxy's sign-in page or half an answer must not take the place of what is there.
import type { Content, Kind, Outcome } from "./kinds";

export interface Card {
  stability: number;
  difficulty: number;
  state: 1 | 2 | 3;
  step: 0 | null;
  last_review: string;
  due_at: string;
  reps: number;
  lapses: number;
}

export interface Media {
  name: string;
  address: string;
  media_type: string;
  alt: string;
  size: number;
  width: number;
  height: number;
}

export interface Source {
  name: string;
  address: string;
  changed_on: string | null;
  valid_until: string | null;
  /** Since when the question is as it is; what was taken along by an earlier version of the app has none. */
  as_of?: string;
}

export type Why = "again" | "due" | "exam" | "new" | "ahead";

export interface Asked {
  id: string;
  version: number;
  kind: Kind;
  why: Why;
  topic: { id: string; title: string };
  stem_html: string;
  explanation_html: string;
  content: Content["content"];
  media: Media[];
  source: Source | null;
  changed: boolean;
  bookmarked: boolean;
  card: Card | null;
}

export interface RoundOut {
  bank: string;
  now: string;
  retention: number;
  parameters: number[];
  again_after_seconds: number;
  longest_days: number;
  zone: string;
  minutes: number;
  seconds_each: number;
  exam_on: string | null;
  planned_on: string | null;
  unseen: number;
  met_today: number;
  refreshed_today: number;
  questions: Asked[];
}

export interface BankOut {
  id: string;
  title: string;
  summary: string;
  language: string;
  until: string;
  questions: number;
  seen: number;
  due: number;
  waiting: number;
  percent: number;
  minutes: number;
  usual: number;
  behind: boolean;
}

export interface Forecast {
  percent: number;
  low: number;
  high: number;
}

export interface TopicMastery {
  id: string;
  title: string;
  questions: number;
  seen: number;
  due: number;
  percent: number;
  exam: Forecast | null;
}

export interface MasteryOut {
  bank: string;
  questions: number;
  seen: number;
  percent: number;
  exam_on: string | null;
  exam: Forecast | null;
  topics: TopicMastery[];
}

export type Fate = "kept" | "repeated" | "unknown" | "withdrawn" | "unreadable" | "met_before" | "clock";

export interface Taken {
  id: string;
  question: string;
  fate: Fate;
  outcome: Outcome | null;
  remarks: ("changed" | "clock")[];
  due_at: string | null;
  version: number | null;
}

/** What somebody can begin with, in one call: of the first banks the next round comes along. */
export interface StartOut {
  banks: BankOut[];
  days: string[];
  rounds: RoundOut[];
  masteries: MasteryOut[];
  asks_reminders: boolean;
}

/** Who is signed in, as the page of the app tells it: no name, a key for what is kept on this device. */
export interface About {
  who: string;
  mark: string;
  kept: boolean;
  now: string;
  lesson: { title: string; when: string; where: string; online?: boolean; join?: string; route?: string; url: string; ends: string } | null;
  certificates: { title: string; when: string; points: string }[];
  certificates_url: string;
  /** Questions that they met and that left the rounds, because what makes their answers right changed. */
  retired: { bank: string; source: string; count: number }[];
  retired_url: string;
}

type Test = (value: unknown) => boolean;

const isText: Test = (value) => typeof value === "string";
const isNumber: Test = (value) => typeof value === "number" && Number.isFinite(value);
const isFlag: Test = (value) => typeof value === "boolean";
const orNull = (test: Test): Test => (value) => value === null || test(value);
const listOf = (test: Test): Test => (value) => Array.isArray(value) && value.every(test);
const shaped = (form: Record<string, Test>): Test => (value) =>
  typeof value === "object" && value !== null && Object.entries(form).every(([name, test]) => test(Reflect.get(value, name)));
const isMoment: Test = (value) => isText(value) && Number.isFinite(Date.parse(value as string));
const KINDS: Record<Kind, Record<string, Test>> = {
  single: { options: listOf(shaped({ key: isText, share: isNumber })) },
  multiple: { options: listOf(shaped({ key: isText, share: isNumber })) },
  true_false: { is_true: isFlag },
  short_text: { forms: listOf(shaped({ text: isText, share: isNumber })) },
  numeric: { spans: listOf(shaped({ low: isNumber, high: isNumber, share: isNumber })) },
  matching: { matches: listOf(shaped({ left: shaped({ text: isText }), right: isText })), distractors: listOf(isText) },
  ordering: { items: listOf(shaped({ key: isText })) },
  cloze: { gaps: listOf(shaped({ kind: isText })) },
  hotspot: { areas: listOf(shaped({ key: isText, coords: listOf(isNumber), share: isNumber })), ratio: isNumber },
  open: { model: shaped({ text: isText }), points: listOf(shaped({ text: isText })) },
};
const isCard = shaped({ stability: isNumber, difficulty: isNumber, state: isNumber, last_review: isMoment, due_at: isMoment });
const FIELDS = shaped({
  id: isText,
  version: isNumber,
  kind: isText,
  why: isText,
  topic: shaped({ id: isText, title: isText }),
  stem_html: isText,
  explanation_html: isText,
  media: listOf(shaped({ address: isText, size: isNumber })),
  card: orNull(isCard),
});

/** True for a question that this app can ask and judge; a kind from a later version of the server is left out. */
export function isAsked(value: unknown): value is Asked {
  if (!FIELDS(value)) return false;
  const { kind, content } = value as Asked;
  return kind in KINDS && shaped(KINDS[kind])(content);
}

export const isRound = shaped({
  bank: isText,
  now: isMoment,
  retention: isNumber,
  parameters: (value) => listOf(isNumber)(value) && (value as number[]).length === 21,
  again_after_seconds: isNumber,
  longest_days: isNumber,
  zone: isText,
  minutes: isNumber,
  seconds_each: isNumber,
  questions: Array.isArray,
}) as (value: unknown) => value is RoundOut;

const isBanks = listOf(
  shaped({ id: isText, title: isText, language: isText, percent: isNumber, questions: isNumber, waiting: isNumber, minutes: isNumber, usual: isNumber, behind: isFlag }),
);

export const isMastery = shaped({
  percent: isNumber,
  topics: listOf(shaped({ id: isText, title: isText, percent: isNumber, questions: isNumber })),
}) as (value: unknown) => value is MasteryOut;

export const isStart = shaped({
  banks: isBanks,
  days: listOf(isText),
  rounds: listOf(isRound),
  masteries: listOf(isMastery),
  asks_reminders: isFlag,
}) as (value: unknown) => value is StartOut;

export const isTaken = shaped({
  now: isMoment,
  answers: listOf(shaped({ id: isText, question: isText, fate: isText, remarks: listOf(isText) })),
}) as (value: unknown) => value is { now: string; answers: Taken[] };

export const isAbout = shaped({
  who: isText,
  mark: isText,
  kept: isFlag,
  now: isMoment,
  lesson: orNull(shaped({ title: isText, when: isText, where: isText, url: isText, ends: isMoment })),
  certificates: listOf(shaped({ title: isText, when: isText, points: isText })),
  certificates_url: isText,
  retired: listOf(shaped({ bank: isText, source: isText, count: isNumber })),
  retired_url: isText,
}) as (value: unknown) => value is About;
