// A question after its answer: the marks, the explanation at once, its source, and when the question comes back.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { chosenPairs, filledGaps, gapAsked, rightForms } from "../judging";
import { rightSides } from "../kinds";
import type { Choices, Gap, Hotspot, Numbers, Ordering, Pairs, Rich, ShortText, Span, Verdict } from "../kinds";
import { cellName, cellOf, middleOfCell, readPlace } from "../places";
import type { Sitting } from "../sitting";
import { count, figure, longDay, say } from "../words";
import { escaped, icon, line, plain, rich } from "./parts";
import { drawing, pictureOf, seedOf } from "./question";
import { shuffled } from "./shuffle";

type Mark = "right" | "wrong" | "rest";
type Words = string | TemplateResult | typeof nothing;

/** What was given and what is right, side by side. */
export function marks(sitting: Sitting): Words {
  const { asked, verdict } = sitting;
  if (!verdict) return nothing;
  switch (asked.kind) {
    case "single":
    case "multiple":
      return optionMarks(sitting, asked.content);
    case "true_false": {
      const { is_true, when_true, when_false } = asked.content;
      return list(
        [["true", say("true"), when_true, is_true] as const, ["false", say("false"), when_false, !is_true] as const].map(
          ([key, words, feedback, right], place) => option(sitting, key, html`${words}`, feedback, right, place + 1),
        ),
      );
    }
    case "matching":
      return pairMarks(sitting, asked.content);
    case "ordering":
      return orderMarks(sitting, asked.content);
    case "hotspot":
      return spotMarks(sitting, asked.content);
    case "open":
      return openMarks(sitting, asked.content.model);
    case "short_text":
      return typedMarks(sitting, formWords(asked.content));
    case "numeric":
      return typedMarks(sitting, spanWords(asked.content));
    case "cloze":
      return nothing;
  }
}

/** What stands in the gaps of a text after the answer, as HTML. */
export function gapMarks(sitting: Sitting): (number: number) => string {
  const asked = sitting.asked;
  const gaps = asked.kind === "cloze" ? asked.content.gaps : [];
  const filled = filledGaps(sitting.line, gaps.length);
  const isShown = sitting.verdict?.outcome === "shown";
  return (number) => {
    const gap = gaps[number - 1];
    const part = sitting.verdict?.parts[number - 1];
    if (!gap) return "";
    const given = givenIn(gap, filled[number - 1] ?? "");
    if (isShown) return rightGap(rightOf(gap));
    return part?.outcome === "right" ? rightGap(part.meant || given) : wrongGap(given, rightOf(gap));
  };
}

function rightGap(words: string): string {
  return `<span class="gap-mark is-right">${escaped(words)}<span class="visually-hidden"> (${escaped(say("right"))})</span></span>`;
}

function wrongGap(given: string, right: string): string {
  const shown = given ? `<s class="gap-given">${escaped(given)}</s> ` : "";
  const said = `<span class="visually-hidden">${escaped(say("right_is"))} </span>`;
  return `<span class="gap-mark is-wrong">${shown}${said}<strong>${escaped(right)}</strong></span>`;
}

function rightOf(gap: Gap): string {
  const asked = gapAsked(gap);
  if (asked.kind === "short_text") return formWords(asked.content)[0] ?? "";
  if (asked.kind === "numeric") return spanWords(asked.content)[0] ?? "";
  const right = asked.kind === "single" ? asked.content.options.find(({ share }) => share >= 1) : undefined;
  return right ? plain(right.text) : "";
}

function givenIn(gap: Gap, filled: string): string {
  if (gap.kind === "numeric") return withUnit(gap, filled);
  if (gap.kind !== "single") return filled.replaceAll("¦", "|");
  const option = gap.options.find(({ key }) => key === filled);
  return option ? plain(option.text) : "";
}

/** A number with the unit that stood beside its field, unless it was typed as well. */
function withUnit(gap: Numbers, filled: string): string {
  const unit = gap.unit_needed ? "" : (gap.units?.[0]?.text ?? "");
  return unit && /\d$/.test(filled) ? `${filled} ${unit}` : filled;
}

function formWords(content: ShortText): string[] {
  return rightForms(content.forms).slice(0, 3);
}

function spanWords(content: Numbers): string[] {
  const unit = content.units?.[0]?.text ?? "";
  return content.spans.filter(({ share }) => share >= 1).map((span) => `${spanWord(span)} ${unit}`.trim());
}

function spanWord({ low, high }: Span): string {
  return low === high ? figure(low) : say("span", { low: figure(low), high: figure(high) });
}

function list(items: TemplateResult[]): TemplateResult {
  return html`<ul class="options list-unstyled">${items}</ul>`;
}

function sign(mark: Mark, words: string): TemplateResult {
  return html`<span class="option-sign">${icon(mark === "right" ? "circle-check" : "circle-x")}${words}</span>`;
}

/** Beside what was looked at before it was answered: nothing was right or wrong. */
const shownSign = (): TemplateResult => html`<span class="option-sign">${icon("circle-check")}</span>`;

function item(mark: Mark, words: Words, signed: Words, key: Words = nothing): TemplateResult {
  return html`<li class="option is-${mark}">${key}<span class="option-words text-break">${words}</span>${signed}</li>`;
}

function optionMarks(sitting: Sitting, content: Choices): TemplateResult {
  const shown = content.shuffle ? shuffled(content.options, seedOf(sitting)) : content.options;
  return list(shown.map(({ key, text, feedback, share }, place) => option(sitting, key, line(text), feedback, share >= 1, place + 1)));
}

function option(sitting: Sitting, key: string, words: Words, feedback: Rich | null, right: boolean, number = 0): TemplateResult {
  const isShown = sitting.verdict?.outcome === "shown";
  const chosen = sitting.line.split(" ").includes(key);
  const said = feedback && (chosen || right) ? html`<span class="row-sub">${line(feedback)}</span>` : nothing;
  const signed = right
    ? sign("right", chosen && !isShown ? say("right") : say("right_answer"))
    : chosen
      ? sign("wrong", say("your_answer"))
      : nothing;
  const numbered = number ? html`<span class="option-key" aria-hidden="true">${number}</span>` : nothing;
  const language = sitting.bank.bank.language;
  return item(right ? "right" : chosen ? "wrong" : "rest", html`<span lang=${language}>${words}</span>${said}`, signed, numbered);
}

function pairMarks(sitting: Sitting, content: Pairs): TemplateResult {
  const put = chosenPairs(sitting.line);
  const rights = rightSides(content);
  const isShown = sitting.verdict?.outcome === "shown";
  return list(
    content.matches.map((match, place) => {
      const chosen = rights[put.get(place) ?? -1] ?? "";
      const right = chosen === match.right;
      const other = !right && chosen ? html`<span class="row-sub">${say("you_chose", { chosen })}</span>` : nothing;
      const signed = isShown ? shownSign() : sign(right ? "right" : "wrong", right ? say("right") : say("not_right"));
      return item(right ? "right" : "wrong", html`<span lang=${sitting.bank.bank.language}>${line(match.left)} → <strong>${match.right}</strong></span>${other}`, signed);
    }),
  );
}

function orderMarks(sitting: Sitting, content: Ordering): TemplateResult {
  const right = content.items.map(({ key }) => key);
  const words = new Map(content.items.map(({ key, text }) => [key, text]));
  const isShown = sitting.verdict?.outcome === "shown";
  return list(
    sitting.line.split(" ").map((key, place) => {
      const belongs = right.indexOf(key);
      const fits = belongs === place;
      const signed = isShown ? shownSign() : sign(fits ? "right" : "wrong", fits ? say("right") : say("belongs_at", { place: belongs + 1 }));
      return item(fits ? "right" : "wrong", line(words.get(key)), signed, html`<span class="option-key" aria-hidden="true">${place + 1}</span>`);
    }),
  );
}

function spotMarks(sitting: Sitting, content: Hotspot): TemplateResult {
  const chosen = new Set(content.named ? sitting.line.split(" ") : []);
  const place = content.named ? null : readPlace(sitting.line);
  const shown = content.areas.filter((area) => content.named || area.share >= 1);
  const markOf = (key: string, share: number): Mark => (share >= 1 ? "right" : chosen.has(key) ? "wrong" : "rest");
  const pin = place && ("column" in place ? middleOfCell(place) : place);
  const isRight = sitting.verdict?.outcome === "right";
  const isShown = sitting.verdict?.outcome === "shown";
  return html`<div class="hotspot">
      ${pictureOf(sitting, content)}${drawing(content, shown.map((area) => ({ area, mark: markOf(area.key, area.share) })), pin)}
    </div>
    ${list([
      ...(place ? [item(isRight ? "right" : "wrong", say("pointed_at", { place: cellName(cellOf(place)) }), sign(isRight ? "right" : "wrong", say("your_answer")))] : []),
      ...shown.map((area) => {
        const mark = markOf(area.key, area.share);
        const said = area.feedback && content.named && mark !== "rest" ? html`<span class="row-sub">${line(area.feedback)}</span>` : nothing;
        const signed = mark === "right" ? sign("right", chosen.has(area.key) && !isShown ? say("right") : say("right_answer")) : mark === "wrong" ? sign("wrong", say("your_answer")) : nothing;
        const key = content.named ? html`<span class="option-key" aria-hidden="true">${content.areas.indexOf(area) + 1}</span>` : nothing;
        return item(mark, html`<span lang=${sitting.bank.bank.language}>${area.name}</span>${said}`, signed, key);
      }),
    ])}`;
}

function openMarks(sitting: Sitting, model: Rich): TemplateResult {
  const written = sitting.verdict?.outcome === "shown" ? "" : sitting.line.split("\n").slice(1).join("\n");
  return html`${written ? html`<h2 class="eyebrow">${say("your_answer")}</h2><p class="own-words text-break">${written}</p>` : nothing}
    <h2 class="eyebrow">${say("model_answer")}</h2>
    <div lang=${sitting.bank.bank.language}>${rich(model)}</div>`;
}

function typedMarks(sitting: Sitting, rights: string[]): TemplateResult {
  const outcome = sitting.verdict?.outcome;
  const mine = outcome === "right" ? "right" : "wrong";
  const given = outcome === "shown" ? [] : [item(mine, sitting.line, sign(mine, say("your_answer")))];
  const right = outcome === "right" ? [] : rights.map((words) => item("right", words, sign("right", say("right_answer"))));
  return list([...given, ...right]);
}

/** The verdict and why, with the source of it; a screen reader is led here. */
export function explanation(sitting: Sitting): TemplateResult {
  const { verdict, question } = sitting;
  const outcome = verdict?.outcome ?? "wrong";
  const tone = { right: "good", partly: "care", wrong: "care", shown: "note" }[outcome];
  const head = { right: "circle-check", partly: "circle-dot", wrong: "rotate", shown: "eye" }[outcome];
  return html`<div class="explain tone-${tone}" data-explanation tabindex="-1">
    <p class="explain-head">${icon(head)}${verdictWords(outcome)}</p>
    ${verdict?.meant ? html`<p>${say("mind_spelling", { meant: verdict.meant })}</p>` : nothing}
    <div lang=${sitting.bank.bank.language}>${feedback(sitting, verdict).map((said) => html`<div>${rich(said)}</div>`)}${unsafeHTML(question.explanation_html)}</div>
    ${source(sitting)}
    <p class="explain-source">${comesBack(sitting)}</p>
  </div>`;
}

export function verdictWords(outcome: string): string {
  return say({ right: "right", partly: "partly", shown: "this_is_it" }[outcome] ?? "wrong");
}

/** What is said beside the explanation; feedback to options and named places stands with these. */
function feedback(sitting: Sitting, verdict: Verdict | null): Rich[] {
  const { asked } = sitting;
  const beside = ["single", "multiple", "true_false"].includes(asked.kind) || (asked.kind === "hotspot" && asked.content.named);
  return beside || !verdict ? [] : [...verdict.feedback, ...verdict.parts.flatMap((part) => part.feedback)];
}

function source(sitting: Sitting): TemplateResult | typeof nothing {
  const found = sitting.question.source;
  if (!found) return nothing;
  const named = found.address ? html`<a href=${found.address} target="_blank" rel="noopener noreferrer">${found.name}</a>` : html`${found.name}`;
  const dates = [
    ...(found.changed_on ? [say("source_changed", { day: longDay(found.changed_on) })] : []),
    ...(found.valid_until ? [say("source_until", { day: longDay(found.valid_until) })] : []),
  ];
  if (!dates.length && found.as_of) dates.push(say("source_as_of", { day: longDay(found.as_of) }));
  return html`<p class="explain-source">${say("source")} ${named}${dates.length ? html` (${dates.join(", ")})` : nothing}</p>`;
}

function comesBack(sitting: Sitting): string {
  const { days, beforeExam } = sitting.back();
  if (beforeExam) return say("back_before_exam");
  return days ? count("back_in", days) : say("back_next");
}
