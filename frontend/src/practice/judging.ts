// Judging an answer in the browser: the same as leerhuis/practice/grading.py, held to it by shared vectors
// (tests/fixtures/judging.json). An answer is one short line of text, whatever the kind.
import { rightSides } from "./kinds";
import type { Area, Choices, Cloze, Content, Fields, Gap, Hotspot, Numbers, Option, Outcome, Pairs, Rich, Verdict } from "./kinds";
import { isBeside, isOn, readPlace, writePlace } from "./places";
import { best, gradeNumber, gradeText, isNumber, oneLine, outcomeOf, verdict } from "./typed";

const LONGEST_OPEN = 4000;
const HALF = 0.5;
const FEW = 3;
const WORTH: Partial<Record<string, number>> = { right: 1, partly: HALF, wrong: 0 };

/** Why something is no answer: nothing was given, or what was typed is no number. */
export type Unreadable = "empty" | "number";

/** The answer in the fields of a form as its one line, or why it is none. */
export function readAnswer(asked: Content, fields: Fields): { line: string } | { unreadable: Unreadable } {
  const line = lineOf(asked, fields);
  if (line === null) return { unreadable: "number" };
  return line ? { line } : { unreadable: "empty" };
}

function lineOf(asked: Content, fields: Fields): string | null {
  switch (asked.kind) {
    case "single":
    case "multiple":
      return chosen(values(fields, "choice"), keysOf(asked.content.options), asked.kind === "single");
    case "true_false":
      return values(fields, "choice").find((value) => value === "true" || value === "false") ?? "";
    case "matching":
      return pairsLine(asked.content, fields);
    case "ordering":
      return orderLine(asked.content.items.map((item) => item.key), values(fields, "order"));
    case "hotspot":
      return placeLine(asked.content, fields);
    case "short_text":
      return oneLine(first(fields, "text"));
    case "numeric":
      return numberLine(asked.content, first(fields, "text"));
    case "cloze":
      return gapsLine(asked.content, fields);
    case "open": {
      const written = openAnswer(fields);
      const judged = first(fields, "judged");
      return written && judged in WORTH ? `${judged}\n${written}` : "";
    }
  }
}

/** Judge an answer that `readAnswer` made. */
export function grade(asked: Content, answer: string): Verdict {
  switch (asked.kind) {
    case "single":
    case "multiple":
      return gradeChoices(asked.content, words(answer), asked.kind === "single");
    case "true_false": {
      const { is_true, when_true, when_false } = asked.content;
      const said = answer === "true";
      return verdict(said === is_true ? "right" : "wrong", said ? when_true : when_false);
    }
    case "short_text":
      return gradeText(asked.content, answer);
    case "numeric":
      return gradeNumber(asked.content, answer);
    case "matching":
      return gradePairs(asked.content, answer);
    case "ordering":
      return verdict(gradeOrder(asked.content.items.map((item) => item.key), words(answer)));
    case "cloze":
      return gradeGaps(asked.content, answer);
    case "hotspot":
      return asked.content.named ? gradeNamed(asked.content, words(answer)) : gradePlace(asked.content, answer);
    case "open": {
      const judged = answer.split("\n", 1)[0]!;
      return verdict(judged in WORTH ? (judged as Outcome) : "wrong");
    }
  }
}

/** Which right side (its number in `rightSides`) an answer put to which left side. */
export function chosenPairs(answer: string): Map<number, number> {
  return new Map(words(answer).map((pair) => pair.split("=").map(Number) as [number, number]));
}

/** What an answer filled into each of so many gaps. */
export function filledGaps(answer: string, count: number): string[] {
  const filled = answer.split("|").map((part) => part.trim());
  return Array.from({ length: count }, (_, place) => filled[place] ?? "");
}

/** What was written in answer to an open question, its lines kept. */
export function openAnswer(fields: Fields): string {
  const cut = Array.from(first(fields, "text")).slice(0, LONGEST_OPEN).join("");
  const written = cut.normalize("NFC").replaceAll("\r\n", "\n");
  return written.replace(/[^\S\n]+/gu, " ").trim();
}

/** An answer that counts as right; empty for a picture on which a place is pointed at. */
export function rightAnswer(asked: Content): string {
  switch (asked.kind) {
    case "single":
    case "multiple": {
      const right = asked.content.options.filter((option) => option.share >= 1).map((option) => option.key);
      return asked.kind === "single" ? (right[0] ?? "") : right.sort().join(" ");
    }
    case "true_false":
      return String(asked.content.is_true);
    case "short_text":
      return rightForms(asked.content.forms)[0] ?? "";
    case "numeric":
      return rightNumber(asked.content);
    case "matching": {
      const rights = rightSides(asked.content);
      return asked.content.matches.map((match, left) => `${left}=${rights.indexOf(match.right)}`).join(" ");
    }
    case "ordering":
      return asked.content.items.map((item) => item.key).join(" ");
    case "cloze":
      return asked.content.gaps.map((gap) => rightAnswer(gapAsked(gap))).join(" | ");
    case "hotspot":
      return asked.content.named ? keysOf(asked.content.areas.filter((area) => area.share >= 1)).sort().join(" ") : "";
    case "open":
      return "right\n";
  }
}

/** The accepted forms of a typed answer that hold no star. */
export function rightForms(forms: { text: string; share: number }[]): string[] {
  return forms.filter((form) => form.share >= 1 && !form.text.includes("*")).map((form) => form.text);
}

/** A gap as a question of its own. */
export function gapAsked(gap: Gap): Content {
  return { kind: gap.kind, content: gap } as Content;
}

function rightNumber(numbers: Numbers): string {
  const unit = numbers.unit_needed && numbers.units?.length ? ` ${numbers.units[0]!.text}` : "";
  const span = best(numbers.spans);
  return span ? `${span.low}${unit}` : "";
}

function keysOf(all: { key: string }[]): string[] {
  return all.map((each) => each.key);
}

function values(fields: Fields, name: string): string[] {
  return fields[name] ?? [];
}

function first(fields: Fields, name: string): string {
  return values(fields, name)[0] ?? "";
}

function words(answer: string): string[] {
  return answer.split(/\s+/u).filter(Boolean);
}

function chosen(ticked: string[], keys: string[], oneOnly: boolean): string {
  const found = [...new Set(keys)].filter((key) => ticked.includes(key)).sort();
  return (oneOnly ? found.slice(0, 1) : found).join(" ");
}

function pairsLine(pairs: Pairs, fields: Fields): string {
  const sides = rightSides(pairs).length;
  const put = pairs.matches.map((_, place) => [place, first(fields, `match-${place}`)] as const);
  return put
    .filter(([, side]) => /^\d+$/.test(side) && Number(side) < sides)
    .map(([place, side]) => `${place}=${side}`)
    .join(" ");
}

function orderLine(keys: string[], order: string[]): string {
  const same = order.length === keys.length && [...order].sort().join(" ") === [...keys].sort().join(" ");
  return same ? order.join(" ") : "";
}

function placeLine(hotspot: Hotspot, fields: Fields): string {
  if (hotspot.named) return chosen(values(fields, "choice"), keysOf(hotspot.areas), hotspot.one_only);
  const place = values(fields, "place").map(readPlace).find((each) => each !== null);
  return place ? writePlace(place) : "";
}

/** Null for what is no number. */
function numberLine(accepted: Numbers, text: string): string | null {
  const typed = oneLine(text);
  return !typed || isNumber(accepted, typed) ? typed : null;
}

function gapsLine(cloze: Cloze, fields: Fields): string | null {
  const filled = cloze.gaps.map((gap, place) => inGap(gap, first(fields, `gap-${place}`)));
  if (filled.includes(null)) return null;
  return filled.some(Boolean) ? filled.join(" | ") : "";
}

function inGap(gap: Gap, text: string): string | null {
  const typed = oneLine(text);
  if (gap.kind === "single") return chosen([typed], keysOf(gap.options), true);
  const kept = gap.kind === "numeric" && typed ? numberLine(gap, typed) : typed;
  return kept?.replaceAll("|", "¦") ?? null;
}

function gradeChoices(choices: Choices, picked: string[], oneOnly: boolean): Verdict {
  return gradePicked(choices.options, new Set(picked), oneOnly);
}

function gradeNamed(hotspot: Hotspot, picked: string[]): Verdict {
  return gradePicked(hotspot.areas, new Set(picked), hotspot.one_only);
}

/** Right is exactly what is right; where one is chosen, one of them. Partly: more right ones than wrong ones. */
function gradePicked(all: (Option | Area)[], picked: Set<string>, oneOnly: boolean): Verdict {
  const taken = all.filter((each) => picked.has(each.key));
  const feedback = taken.map((each) => each.feedback).filter((said): said is Rich => said !== null);
  if (oneOnly) return verdict(outcomeOf(Math.max(0, ...taken.map((each) => each.share))), feedback);
  const right = new Set(keysOf(all.filter((each) => each.share >= 1)));
  const hits = [...picked].filter((key) => right.has(key)).length;
  const misses = picked.size - hits;
  if (misses === 0 && hits === right.size) return verdict("right", feedback);
  return verdict(hits > misses ? "partly" : "wrong", feedback);
}

function gradePairs(pairs: Pairs, answer: string): Verdict {
  const put = chosenPairs(answer);
  const rights = rightSides(pairs);
  const hits = pairs.matches.filter((match, place) => put.has(place) && rights[put.get(place)!] === match.right).length;
  if (hits === pairs.matches.length) return verdict("right");
  return verdict(hits / pairs.matches.length >= HALF ? "partly" : "wrong");
}

/** Right is the whole order; partly is an order that becomes right when one thing is moved, of three or more. */
function gradeOrder(right: string[], given: string[]): Outcome {
  const without = (order: string[], moved: string): string => order.filter((key) => key !== moved).join(" ");
  if (given.join(" ") === right.join(" ")) return "right";
  const nearly = right.length >= FEW && right.some((moved) => without(given, moved) === without(right, moved));
  return nearly ? "partly" : "wrong";
}

/** Right is every gap; partly is at least half of them, where a gap that is partly right counts half. */
function gradeGaps(cloze: Cloze, answer: string): Verdict {
  const filled = filledGaps(answer, cloze.gaps.length);
  const parts = cloze.gaps.map((gap, place) => (filled[place] ? grade(gapAsked(gap), filled[place]) : verdict("wrong")));
  const worth = parts.reduce((total, part) => total + (WORTH[part.outcome] ?? 0), 0);
  const reached = worth >= HALF * parts.length ? "partly" : "wrong";
  return verdict(worth === parts.length ? "right" : reached, [], "", parts);
}

/** The best area that the place lies on decides; just beside a right one is partly right. */
function gradePlace(hotspot: Hotspot, answer: string): Verdict {
  const place = readPlace(answer);
  if (!place) return verdict("wrong");
  const on = best(hotspot.areas.filter((area) => isOn(place, area, hotspot.ratio)));
  const near = hotspot.areas.some((area) => area.share >= 1 && isBeside(place, area, hotspot.ratio));
  if ((!on || on.share <= 0) && near) return verdict("partly", on?.feedback ?? null);
  return on ? verdict(outcomeOf(on.share), on.feedback) : verdict("wrong");
}

