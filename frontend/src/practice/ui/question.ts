// A question before its answer, of any kind. The fields are those that the server reads (grading.read_answer).
import { html, nothing, svg } from "lit";
import type { TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { openAnswer } from "../judging";
import { rightSides } from "../kinds";
import type { Area, Choices, Fields, Gap, Hotspot, Numbers, OpenText, Ordering, Pairs } from "../kinds";
import { COLUMNS, ROWS, cellName, cellOf, corners, middleOf, readPlace } from "../places";
import type { Sitting } from "../sitting";
import { say } from "../words";
import { escaped, icon, line, plain, rich } from "./parts";
import { shuffled } from "./shuffle";

export interface Asking {
  sitting: Sitting;
  fields: Fields;
  /** As they were when the question came on: for fields that keep what is filled in by themselves. */
  first: Fields;
  /** Something was filled in or moved: keep it, and draw anew and say where the fields alone do not show it. */
  filled: (fields: Fields, redraw?: boolean, said?: string) => void;
  /** A button that answers by itself: how somebody judged their own words. */
  judged: (outcome: string) => void;
}

export function stem(sitting: Sitting, gaps: (number: number) => string): TemplateResult {
  const { question, bank } = sitting;
  const hasGaps = question.kind === "cloze";
  const words = hasGaps ? question.stem_html.replace(/\[\[(\d{1,2})\]\]/g, (_, n: string) => gaps(Number(n))) : question.stem_html;
  return html`<div class="question-text text-break${hasGaps ? " has-gaps" : ""}" id="question" tabindex="-1" lang=${bank.bank.language}>
    ${unsafeHTML(words)}
  </div>`;
}

export function gapFields({ sitting, first }: Asking): (number: number) => string {
  const asked = sitting.asked;
  const gaps = asked.kind === "cloze" ? asked.content.gaps : [];
  return (number) => {
    const gap = gaps[number - 1];
    return gap ? gapField(gap, number - 1, first[`gap-${number - 1}`]?.[0] ?? "") : "";
  };
}

function gapField(gap: Gap, place: number, typed: string): string {
  const label = escaped(say("gap", { n: place + 1 }));
  const name = `name="gap-${place}" id="gap-${place}"`;
  if (gap.kind === "single") {
    const options = gap.options.map(({ key, text }) => {
      return `<option value="${escaped(key)}"${key === typed ? " selected" : ""}>${escaped(plain(text))}</option>`;
    });
    return `<select class="form-select gap" ${name} aria-label="${label}"><option value="">${escaped(say("choose"))}</option>${options.join("")}</select>`;
  }
  const unit = gap.kind === "numeric" && !gap.unit_needed ? (gap.units?.[0]?.text ?? "") : "";
  const longest = gap.kind === "short_text" ? Math.max(0, ...gap.forms.map(({ text }) => text.length)) : 0;
  const size = Math.min(30, Math.max(8, Math.ceil(longest / 10) * 10));
  const figures = gap.kind === "numeric" && !gap.unit_needed ? ' inputmode="decimal"' : "";
  return (
    `<input class="form-control gap" type="text" ${name} aria-label="${label}${unit ? ` (${escaped(unit)})` : ""}" size="${size}"` +
    ` maxlength="400" autocomplete="off" autocapitalize="off" spellcheck="false" value="${escaped(typed)}"${figures}>${unit ? ` ${escaped(unit)}` : ""}`
  );
}

/** The fields of a question, below its words. */
export function answerFields(asking: Asking): TemplateResult | typeof nothing {
  const { asked } = asking.sitting;
  switch (asked.kind) {
    case "single":
    case "multiple":
      return options(asking, shownOptions(asking.sitting, asked.content), asked.kind === "multiple");
    case "true_false":
      return options(asking, [["true", html`${say("true")}`], ["false", html`${say("false")}`]], false);
    case "matching":
      return pairs(asking, asked.content);
    case "ordering":
      return ordering(asking, asked.content);
    case "hotspot":
      return hotspot(asking, asked.content);
    case "open":
      return open(asking, asked.content);
    case "short_text":
      return typed(asking, "");
    case "numeric":
      return number(asking, asked.content);
    case "cloze":
      return nothing;
  }
}

function shownOptions(sitting: Sitting, choices: Choices): [string, TemplateResult | typeof nothing][] {
  const shown = choices.shuffle ? shuffled(choices.options, seedOf(sitting)) : choices.options;
  return shown.map(({ key, text }) => [key, line(text)]);
}

export function seedOf(sitting: Sitting): string {
  return `${sitting.round.seed}:${sitting.question.id}`;
}

function options({ sitting, fields }: Asking, shown: [string, unknown][], many: boolean): TemplateResult {
  return html`
    ${many ? html`<p class="question-hint">${say("several")}</p>` : nothing}
    <fieldset class="options" aria-labelledby="question" lang=${sitting.bank.bank.language}>
      <legend class="visually-hidden">${say("answers")}</legend>
      ${shown.map(
        ([key, words], place) => html`<label class="option"
          ><input type=${many ? "checkbox" : "radio"} name="choice" value=${key} .checked=${Boolean(fields.choice?.includes(key))} /><span
            class="option-key"
            aria-hidden="true"
            >${place + 1}</span
          ><span class="option-words text-break">${words}</span></label
        >`,
      )}
    </fieldset>
  `;
}

function pairs({ sitting, fields }: Asking, content: Pairs): TemplateResult {
  const numbered = rightSides(content).map((words, side) => [String(side), words] as const);
  const rights = shuffled(numbered, seedOf(sitting));
  return html`<div class="options" role="group" aria-labelledby="question">
    ${content.matches.map(
      (match, place) => html`<div class="match" lang=${sitting.bank.bank.language}>
        <label for="match-${place}">${line(match.left)}</label>
        <select class="form-select" name="match-${place}" id="match-${place}">
          <option value="">${say("choose")}</option>
          ${rights.map(([side, words]) => html`<option value=${side} ?selected=${fields[`match-${place}`]?.[0] === side}>${words}</option>`)}
        </select>
      </div>`,
    )}
  </div>`;
}

/** The order so far; at first another one than the right one. */
export function orderOf(sitting: Sitting, content: Ordering, fields: Fields): string[] {
  const right = content.items.map((item) => item.key);
  if (fields.order?.length === right.length) return fields.order;
  const mixed = shuffled(right, seedOf(sitting));
  return mixed.join(" ") === right.join(" ") ? [...mixed.slice(1), mixed[0]!] : mixed;
}

function ordering(asking: Asking, content: Ordering): TemplateResult {
  const order = orderOf(asking.sitting, content, asking.fields);
  const words = new Map(content.items.map((item) => [item.key, item.text]));
  const move = (event: Event, key: string, by: number): void => {
    const button = event.currentTarget as HTMLElement;
    const from = order.indexOf(key);
    const moved = [...order];
    moved.splice(from, 1);
    moved.splice(from + by, 0, key);
    asking.filled({ order: moved }, true, say("moved_to", { place: from + by + 1, total: order.length }));
    // At either end the button that was pressed is off: the other one of the same line takes the focus.
    const other = button.parentElement?.querySelector<HTMLElement>(`button[data-by="${-by}"]`);
    requestAnimationFrame(() => (button.hasAttribute("disabled") ? other : button)?.focus());
  };
  return html`
    <p class="question-hint">${say("move_lines")}</p>
    <ol class="options list-unstyled" aria-labelledby="question">
      ${repeat(
        order,
        (key) => key,
        (key, place) => html`<li class="option order-item">
          <input type="hidden" name="order" .value=${key} />
          <span class="option-key" aria-hidden="true">${place + 1}</span>
          <span class="option-words text-break" id="item-${key}" lang=${asking.sitting.bank.bank.language}>${line(words.get(key))}</span>
          <span class="order-moves">
            ${moveButton(say("move_up"), -1, key, place === 0, (event) => move(event, key, -1))}
            ${moveButton(say("move_down"), 1, key, place === order.length - 1, (event) => move(event, key, 1))}
          </span>
        </li>`,
      )}
    </ol>
  `;
}

function moveButton(label: string, by: number, key: string, off: boolean, act: (event: Event) => void): TemplateResult {
  return html`<button class="btn btn-icon${off ? " is-end" : ""}" type="button" data-by=${by} aria-label=${label} aria-describedby="item-${key}" ?disabled=${off} @click=${act}>
    ${icon(by < 0 ? "chevron-up" : "chevron-down")}
  </button>`;
}

function hotspot(asking: Asking, content: Hotspot): TemplateResult {
  const picture = pictureOf(asking.sitting, content);
  if (content.named) {
    const shown: [string, string][] = content.areas.map(({ key, name }) => [key, name]);
    return html`<lh-hotspot class="hotspot">${picture}${drawing(content, content.areas.map((area) => ({ area, mark: "" })))}</lh-hotspot>
      ${namedAreas(asking, shown, !content.one_only)}`;
  }
  const cells = Array.from({ length: ROWS * COLUMNS }, (_, n) => cellName({ column: n % COLUMNS, row: Math.floor(n / COLUMNS) }));
  const [kept = ""] = asking.first.place ?? [];
  const place = readPlace(kept);
  const cell = place ? cellName(cellOf(place)) : "";
  return html`<p class="question-hint" id="point">${say("point")}</p>
    <lh-hotspot class="hotspot" data-pin=${place && "x" in place ? kept : ""}>
      ${picture}
      <fieldset class="spot-grid" aria-labelledby="question" aria-describedby="point">
        <legend class="visually-hidden">${say("answers")}</legend>
        ${cells.map((name) => html`<label class="spot-cell"><input type="radio" name="place" value=${name === cell ? kept : name} data-cell=${name} aria-label=${name} .checked=${name === cell} /></label>`)}
      </fieldset>
      <span class="spot-pin" hidden></span>
    </lh-hotspot>`;
}

function namedAreas({ sitting, fields }: Asking, shown: [string, string][], many: boolean): TemplateResult {
  return html`${many ? html`<p class="question-hint">${say("several")}</p>` : nothing}
    <fieldset class="options" aria-labelledby="question" lang=${sitting.bank.bank.language}>
      <legend class="visually-hidden">${say("answers")}</legend>
      ${shown.map(
        ([key, name], place) => html`<label class="option"
          ><input type=${many ? "checkbox" : "radio"} name="choice" value=${key} id="area-${key}" .checked=${Boolean(fields.choice?.includes(key))} /><span
            class="option-key"
            aria-hidden="true"
            >${place + 1}</span
          ><span class="option-words text-break">${name}</span></label
        >`,
      )}
    </fieldset>`;
}

export function pictureOf(sitting: Sitting, content: Hotspot): TemplateResult | typeof nothing {
  const media = sitting.question.media.find(({ name }) => name === content.picture);
  return media ? html`<img class="media" src=${media.address} alt=${media.alt} width=${media.width} height=${media.height} />` : nothing;
}

export interface Drawn {
  area: Area;
  mark: string;
}

/** The shapes over a picture, 100 wide; a pin where somebody pointed. */
export function drawing(content: Hotspot, drawn: Drawn[], pin: { x: number; y: number } | null = null): TemplateResult {
  const down = (percents: number): number => percents * content.ratio;
  return html`<svg class="spots" viewBox="0 0 100 ${100 * content.ratio}" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    ${drawn.map(({ area, mark }) => {
      const number = content.areas.indexOf(area) + 1;
      const middle = middleOf(area);
      return svg`<g class="spot${mark ? ` is-${mark}` : ""}" data-for="area-${area.key}">${shape(area, down)}${
        content.named ? svg`<circle class="spot-badge" cx=${middle.x} cy=${down(middle.y)} r="3.4" /><text x=${middle.x} y=${down(middle.y)}>${number}</text>` : nothing
      }</g>`;
    })}
    ${pin ? svg`<circle class="pin-halo" cx=${pin.x} cy=${down(pin.y)} r="2.5" /><circle class="pin" cx=${pin.x} cy=${down(pin.y)} r="2.5" /><circle class="pin-heart" cx=${pin.x} cy=${down(pin.y)} r="0.8" />` : nothing}
  </svg>`;
}

function shape(area: Area, down: (percents: number) => number): unknown {
  const [a = 0, b = 0, c = 0, d = 0] = area.coords;
  if (area.shape === "rect") return svg`<rect x=${a} y=${down(b)} width=${c - a} height=${down(d - b)} />`;
  if (area.shape === "circle") return svg`<circle cx=${a} cy=${down(b)} r=${c} />`;
  return svg`<polygon points=${corners(area.coords).map(({ x, y }) => `${x},${down(y)}`).join(" ")} />`;
}

function open(asking: Asking, content: OpenText): TemplateResult {
  const { sitting, fields } = asking;
  const written = openAnswer(fields);
  if (!fields.judging?.length || !written) {
    return html`<textarea class="form-control" name="text" rows="5" maxlength="4000" aria-labelledby="question" .value=${fields.text?.[0] ?? ""}></textarea>
      <p class="question-hint mt-2 mb-0">${say("own_words")}</p>`;
  }
  return html`
    <input type="hidden" name="text" .value=${written} />
    <h2 class="eyebrow">${say("your_answer")}</h2>
    <p class="own-words text-break">${written}</p>
    <div class="explain tone-note" data-explanation tabindex="-1" lang=${sitting.bank.bank.language}>
      <p class="explain-head" lang=${document.documentElement.lang}>${say("model_answer")}</p>
      ${rich(content.model)}
      ${content.points.length ? html`<ul class="points">${content.points.map((point) => html`<li>${line(point)}</li>`)}</ul>` : nothing}
    </div>
  `;
}

export function judgeButtons(asking: Asking): TemplateResult {
  const button = (outcome: string, sign: string, words: string): TemplateResult =>
    html`<button class="btn" type="button" @click=${() => asking.judged(outcome)}>${icon(sign)} ${words}</button>`;
  return html`<p class="mb-0" id="judge">${say("how_was_it")}</p>
    <div class="judge" role="group" aria-labelledby="judge">
      ${button("wrong", "rotate", say("wrong"))}${button("partly", "circle-dot", say("partly"))}${button("right", "circle-check", say("right"))}
    </div>`;
}

function number(asking: Asking, content: Numbers): TemplateResult {
  const asks = Boolean(content.unit_needed && content.units?.length);
  return html`${asks ? html`<p class="question-hint">${say("with_unit")}</p>` : nothing}${typed(asking, asks ? "" : (content.units?.[0]?.text ?? ""), !asks)}`;
}

function typed({ fields }: Asking, unit: string, figures = false): TemplateResult {
  return html`<div class="typed">
    <input
      class="form-control"
      type="text"
      name="text"
      aria-labelledby="question${unit ? " unit" : ""}"
      maxlength="400"
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      inputmode=${figures ? "decimal" : "text"}
      .value=${fields.text?.[0] ?? ""}
    />
    ${unit ? html`<span id="unit">${unit}</span>` : nothing}
  </div>`;
}
