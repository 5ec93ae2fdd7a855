// Judging what was typed: words with slips forgiven, numbers with units. The same as leerhuis/practice/typed.py; shared
// vectors (tests/fixtures/judging.json) hold the two together.
import { folded } from "./kinds";
import type { Form, Numbers, Outcome, Rich, ShortText, Verdict } from "./kinds";

const LONGEST_ANSWER = 400;
const FORGIVEN = [
  [15, 3],
  [9, 2],
  [5, 1],
] as const;
const CLOSE = 1e-9;
const SIGNS: Record<string, string> = { "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "¦": "|" };
// What Python counts as white space in a text.
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/gu;
const NUMBER = /^[-+]?(\d+([.,]\d*)?|[.,]\d+)(e[-+]?\d{1,3})?$/i;
const GROUPED = /^([-+]?)(\d{1,3})((?:[.,]\d{3})+)([.,]\d+)?$/;
const UNIT_BEHIND = /^(.*\d[.,]?)\s*([^\d\s.,].{0,30})$/su;

/** A typed answer on one line, without needless spaces, at most 400 characters. */
export function oneLine(text: string): string {
  const cut = Array.from(text).slice(0, LONGEST_ANSWER).join("");
  return cut.normalize("NFC").replace(SPACE, " ").replace(/^ | $/g, "");
}

export function verdict(outcome: Outcome, feedback: Rich | null | Rich[] = [], meant = "", parts: Verdict[] = []): Verdict {
  return { outcome, feedback: feedback === null ? [] : [feedback].flat(), meant, parts };
}

/** What a share of rightness (0 to 1) comes to. */
export function outcomeOf(share: number): Outcome {
  if (share >= 1) return "right";
  return share > 0 ? "partly" : "wrong";
}

/** The first of those with the highest share, as Python's `max` gives it. */
export function best<T extends { share: number }>(all: T[]): T | null {
  return all.reduce<T | null>((found, each) => (found === null || each.share > found.share ? each : found), null);
}

export function gradeText(accepted: ShortText, answer: string): Verdict {
  const given = comparable(answer, accepted.exact_case);
  const fit = best(accepted.forms.filter((form) => fits(comparable(form.text, accepted.exact_case), given)));
  if (fit) return verdict(outcomeOf(fit.share), fit.feedback);
  const meant = accepted.typos ? meantForm(accepted, given) : null;
  return meant ? verdict(outcomeOf(meant.share), meant.feedback, meant.text) : verdict("wrong");
}

function slipsForgiven(word: string): number {
  const letters = [...word].filter((each) => /\p{L}/u.test(each)).length;
  return FORGIVEN.find(([least]) => letters >= least)?.[1] ?? 0;
}

function meantForm(accepted: ShortText, given: string): Form | null {
  const near: [number, number, Form][] = [];
  for (const form of accepted.forms) {
    const wanted = comparable(form.text, accepted.exact_case);
    const slips = slipsForgiven(wanted);
    if (!slips || wanted.includes("*") || figures(wanted) !== figures(given)) continue;
    const away = distance([...wanted], [...given]);
    if (away <= slips) near.push([away, form.share, form]);
  }
  return nearest(near);
}

function figures(text: string): string {
  return (text.match(/\p{Nd}+/gu) ?? []).join(" ");
}

function nearest(near: [number, number, Form][]): Form | null {
  if (!near.length) return null;
  const closest = Math.min(...near.map(([away]) => away));
  return near.filter(([away]) => away === closest).sort((one, other) => one[1] - other[1])[0]![2];
}

/** Optimal string alignment: letters wrong, missing, too many, or two swapped. */
export function distance(one: string[], other: string[]): number {
  const rows = Array.from({ length: one.length + 1 }, (_, row) => [row, ...new Array<number>(other.length).fill(0)]);
  rows[0] = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      let least = Math.min(rows[row - 1]![column]! + 1, rows[row]![column - 1]! + 1, rows[row - 1]![column - 1]! + same);
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (swapped) least = Math.min(least, rows[row - 2]![column - 2]! + 1);
      rows[row]![column] = least;
    }
  }
  return rows[one.length]![other.length]!;
}

function comparable(text: string, exact: boolean): string {
  const plain = oneLine(text).replace(/[’‘“”–—¦]/g, (sign) => SIGNS[sign]!);
  return exact ? plain : folded(plain);
}

function fits(pattern: string, given: string): boolean {
  const [first, ...rest] = pattern.split("*").map((part) => part.trim()) as [string, ...string[]];
  if (!rest.length) return given === first;
  const last = rest.pop()!;
  if (!given.startsWith(first) || !given.endsWith(last) || given.length < first.length + last.length) return false;
  let inside = given.slice(first.length, given.length - last.length);
  for (const part of rest) {
    const found = inside.indexOf(part);
    if (found < 0) return false;
    inside = inside.slice(found + part.length);
  }
  return true;
}

export function gradeNumber(accepted: Numbers, answer: string): Verdict {
  const { bare, factor, hasUnit } = inFirstUnit(accepted, answer);
  const readings = numbersIn(bare).map((reading) => reading * factor);
  const span = best(accepted.spans.filter((each) => readings.some((reading) => liesIn(each, reading))));
  if (!span) return verdict("wrong", accepted.otherwise);
  const outcome = outcomeOf(span.share);
  const halved = outcome === "right" && asksUnit(accepted) && !hasUnit;
  return verdict(halved ? "partly" : outcome, span.feedback);
}

/** True for a number, with a unit of the question behind it, or with any word where a unit is asked for. */
export function isNumber(accepted: Numbers, answer: string): boolean {
  return numbersIn(inFirstUnit(accepted, answer).bare).length > 0;
}

function asksUnit(accepted: Numbers): boolean {
  return Boolean(accepted.units?.length && accepted.unit_needed);
}

/** The readings of a typed number: with a comma or a point; "1.000" reads as one and as a thousand. */
export function numbersIn(text: string): number[] {
  const bare = asciiFigures(text.replace(SPACE, "").replace(/[€%_'’]/g, "").replaceAll("−", "-"));
  const readings = new Set<number>();
  if (NUMBER.test(bare)) readings.add(Number(withoutLastPoint(bare.replaceAll(",", "."))));
  const grouped = GROUPED.exec(bare);
  if (grouped) {
    const [, sign = "", head = "", groups = "", rest = ""] = grouped;
    const marks = new Set([...groups].filter((mark) => mark === "." || mark === ","));
    if (marks.size === 1 && rest.slice(0, 1) !== groups.slice(0, 1)) {
      readings.add(Number(sign + head + groups.replace(/[.,]/g, "") + rest.replaceAll(",", ".")));
    }
  }
  return [...readings].filter((reading) => Number.isFinite(reading));
}

/** "5." and "5.e3" are numbers to Python and, but for the last point, to JavaScript. */
function withoutLastPoint(text: string): string {
  return text.replace(/\.(?=e|$)/i, "");
}

/** Figures of other scripts, each block of ten in a row, as those of ours. */
function asciiFigures(text: string): string {
  return text.replace(/\p{Nd}/gu, (figure) => {
    const code = figure.codePointAt(0)!;
    let first = code;
    while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
    return String((code - first) % 10);
  });
}

function inFirstUnit(accepted: Numbers, answer: string): { bare: string; factor: number; hasUnit: boolean } {
  const units = [...(accepted.units ?? [])].sort((one, other) => [...other.text].length - [...one.text].length);
  for (const plain of [(text: string) => text, folded]) {
    for (const unit of units) {
      const whole = plain(answer);
      const end = plain(unit.text);
      if (!unit.text || !whole.endsWith(end)) continue;
      const head = whole.slice(0, whole.length - end.length);
      if (numbersIn(head).length) return { bare: head, factor: unit.factor, hasUnit: true };
    }
  }
  const found = asksUnit(accepted) ? UNIT_BEHIND.exec(answer) : null;
  return { bare: found ? found[1]! : answer, factor: 1, hasUnit: false };
}

function liesIn(span: Span, value: number): boolean {
  return (span.low <= value && value <= span.high) || isClose(value, span.low) || isClose(value, span.high);
}

type Span = { low: number; high: number };

function isClose(one: number, other: number): boolean {
  return Math.abs(one - other) <= CLOSE * Math.max(Math.abs(one), Math.abs(other));
}
