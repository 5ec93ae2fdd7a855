// What the API of practice sends of a question, by its kind; the forms of leerhuis/practice/kinds.py as JSON.

/** A text with its format; `html` is how it is shown. */
export interface Rich {
  text: string;
  format: string;
  html?: string;
}

export interface Option {
  key: string;
  text: Rich;
  share: number;
  feedback: Rich | null;
}

export interface Choices {
  shuffle: boolean;
  options: Option[];
}

export interface Statement {
  is_true: boolean;
  when_true: Rich | null;
  when_false: Rich | null;
}

export interface Form {
  text: string;
  share: number;
  feedback: Rich | null;
}

export interface ShortText {
  exact_case: boolean;
  forms: Form[];
  typos?: boolean;
}

export interface Span {
  low: number;
  high: number;
  share: number;
  feedback: Rich | null;
}

export interface Unit {
  text: string;
  factor: number;
}

export interface Numbers {
  otherwise: Rich | null;
  spans: Span[];
  units?: Unit[];
  unit_needed?: boolean;
}

export interface Pairs {
  matches: { left: Rich; right: string }[];
  distractors: string[];
}

export interface Ordering {
  items: { key: string; text: Rich }[];
}

export type Gap = ({ kind: "short_text" } & ShortText) | ({ kind: "numeric" } & Numbers) | ({ kind: "single" } & Choices);

export interface Cloze {
  gaps: Gap[];
}

export interface Area {
  key: string;
  name: string;
  shape: "rect" | "circle" | "poly";
  coords: number[];
  share: number;
  feedback: Rich | null;
}

export interface Hotspot {
  picture: string;
  named: boolean;
  one_only: boolean;
  ratio: number;
  areas: Area[];
}

export interface OpenText {
  model: Rich;
  points: Rich[];
}

/** A question's content together with its kind: what is needed to ask and judge it. */
export type Content =
  | { kind: "single" | "multiple"; content: Choices }
  | { kind: "true_false"; content: Statement }
  | { kind: "short_text"; content: ShortText }
  | { kind: "numeric"; content: Numbers }
  | { kind: "matching"; content: Pairs }
  | { kind: "ordering"; content: Ordering }
  | { kind: "cloze"; content: Cloze }
  | { kind: "hotspot"; content: Hotspot }
  | { kind: "open"; content: OpenText };

export type Kind = Content["kind"];

/** How an answer was; `shown` where there was none, because the right one was looked at first. */
export type Outcome = "right" | "partly" | "wrong" | "shown";

/** How an answer was, what the author says to it, the spelling that was meant, and the verdicts of the gaps. */
export interface Verdict {
  outcome: Outcome;
  feedback: Rich[];
  meant: string;
  parts: Verdict[];
}

/** The fields of an answer by name, as the server reads them (`grading.read_answer`). */
export type Fields = Record<string, string[]>;

/** Each different right side once, in alphabetical order: their numbers are what an answer names. */
export function rightSides(pairs: Pairs): string[] {
  const all = new Set([...pairs.matches.map((each) => each.right), ...pairs.distractors]);
  return [...all].sort((one, other) => compare(folded(one), folded(other)) || compare(one, other));
}

/** Letters without capitals, as Python's `casefold` has them. */
export function folded(text: string): string {
  const plain = text.replace(/[^ı]+/gu, (part) => part.toUpperCase().toLowerCase());
  return plain.replaceAll("ς", "σ");
}

/** Compare by code points, as Python does; JavaScript itself compares halves of them. */
export function compare(one: string, other: string): number {
  const left = Array.from(one, (each) => each.codePointAt(0)!);
  const right = Array.from(other, (each) => each.codePointAt(0)!);
  for (let place = 0; place < Math.min(left.length, right.length); place += 1) {
    if (left[place] !== right[place]) return left[place]! - right[place]!;
  }
  return left.length - right.length;
}
