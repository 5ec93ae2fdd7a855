// The screen of a round: a question, its answer at once, the next one. Fingers, keys and screen readers alike.
import { LitElement, html, nothing } from "lit";
import type { PropertyValues, TemplateResult } from "lit";
import { isSilenced, singleKeys } from "../../keys";
import type { Fields } from "../kinds";
import { openAnswer } from "../judging";
import { expected } from "../pacing";
import { dayOf } from "../clock";
import type { Clock } from "../clock";
import type { Sitting } from "../sitting";
import { isFull } from "../store";
import type { Choices } from "../store";
import { longDay, say } from "../words";
import { explanation, gapMarks, marks, verdictWords } from "./answered";
import { feel } from "./feel";
import { icon, notice, why } from "./parts";
import { answerFields, gapFields, judgeButtons, orderOf, stem } from "./question";
import type { Asking } from "./question";

const SWIPE = 60; // pixels
const STEEP = 0.6; // a swipe goes sideways, a scroll goes up and down
export const TROUBLES = ["wrong", "unclear", "typo", "old", "broken"] as const;
const TYPING = 'textarea, select, [contenteditable], input:not([type="radio"], [type="checkbox"], [type="hidden"])';

/** `<lh-round>`: tells what happens by events: `answered`, `over`, `pause`. */
export class LhRound extends LitElement {
  static override properties = {
    sitting: { attribute: false },
    choices: { attribute: false },
    clock: { attribute: false },
    fault: { state: true },
    reported: { state: true },
    busy: { state: true },
  };

  declare sitting: Sitting;
  declare choices: Choices;
  declare clock: Clock;
  declare fault: string;
  declare reported: string;
  declare busy: boolean;
  private said = "";
  private touch: { x: number; y: number } | null = null;
  private place = -1;
  private first: { place: number; fields: Fields } | null = null; // what was filled in when a question came on

  constructor() {
    super();
    this.fault = "";
    this.reported = "";
    this.busy = false;
  }

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("keydown", this.onKey);
    this.addEventListener("touchstart", this.onTouch, { passive: true });
    this.addEventListener("touchend", this.onLift);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("keydown", this.onKey);
    this.removeEventListener("touchstart", this.onTouch);
    this.removeEventListener("touchend", this.onLift);
  }

  private get isAnswered(): boolean {
    return this.sitting.verdict !== null;
  }

  private get fields(): Fields {
    return this.sitting.round.fields;
  }

  override render(): TemplateResult {
    const { sitting } = this;
    return html`
      <div class="question-top">
        <progress class="bar" value=${sitting.round.given.length} max=${sitting.total} aria-label=${say("progress")}></progress>
        <span>${say("place_of", { place: sitting.number, total: sitting.total })}</span>
        <button class="btn btn-quiet btn-sm" type="button" @click=${() => this.tell("pause")}>${icon("player-pause")} ${say("pause")}</button>
      </div>
      <p class="visually-hidden" role="status" aria-live="polite">${this.said}</p>
      ${this.isAnswered ? this.answered() : this.asking()}
    `;
  }

  private asking(): TemplateResult {
    const { sitting } = this;
    const { asked } = sitting;
    if (this.first?.place !== sitting.round.place) this.first = { place: sitting.round.place, fields: this.fields };
    const asking: Asking = { sitting, fields: this.fields, first: this.first.fields, filled: this.filled, judged: this.judged };
    const isJudging = asked.kind === "open" && Boolean(this.fields.judging?.length && openAnswer(this.fields));
    return html`
      ${sitting.question.changed ? notice("note", say("changed")) : nothing}
      <form class="question" @submit=${this.onSubmit} @input=${this.onInput} @change=${this.onInput} novalidate autocomplete="off">
        ${stem(sitting, gapFields(asking))} ${answerFields(asking)}
        ${this.fault ? html`<p class="fault" role="alert">${icon("alert-circle")}${this.fault}</p>` : nothing}
        <div class="question-acts">
          ${isJudging
            ? judgeButtons(asking)
            : html`<button class="btn btn-primary" type="submit">${asked.kind === "open" ? say("see_model") : say("check")}</button>`}
        </div>
        ${this.keysHint()}
      </form>
      ${sitting.question.card === null && !isJudging
        ? html`<p class="look-first"><button class="btn btn-quiet" type="button" @click=${this.showFirst}>${icon("eye")} ${say("show_first")}</button></p>`
        : nothing}
      ${why(say("why_now"), this.reasons())} ${why(say("who_sees"), [say("only_you"), say("on_device")])}
    `;
  }

  private answered(): TemplateResult {
    const { sitting } = this;
    return html`
      <div class="question">
        ${stem(sitting, gapMarks(sitting))} ${marks(sitting)} ${explanation(sitting)}
        <div class="question-acts">
          <button class="btn btn-primary" type="button" data-next @click=${this.next}>
            ${sitting.isLast ? say("see_growth") : say("next")}
          </button>
        </div>
      </div>
      <div class="question-more">
        <button class="btn btn-quiet" type="button" aria-pressed=${sitting.question.bookmarked ? "true" : "false"} @click=${this.bookmark}>
          ${icon(sitting.question.bookmarked ? "bookmark-filled" : "bookmark")} ${say(sitting.question.bookmarked ? "kept" : "keep")}
        </button>
        ${this.report()}
      </div>
    `;
  }

  private report(): TemplateResult {
    if (this.reported) return html`<p class="mb-0" role="status">${icon("check")} ${say("reported")}</p>`;
    return html`<details>
      <summary>${icon("flag")}${say("something_wrong")}</summary>
      <form class="stack" @submit=${this.sendReport}>
        <p class="mb-0">${say("makers_read")}</p>
        <fieldset>
          <legend class="visually-hidden">${say("what_is_wrong")}</legend>
          ${TROUBLES.map(
            (each) => html`<label class="form-check"
              ><input class="form-check-input" type="radio" name="trouble" value=${each} required /><span class="form-check-label"
                >${say(`trouble_${each}`)}</span
              ></label
            >`,
          )}
        </fieldset>
        <p class="mb-0"><button class="btn" type="submit">${icon("send")} ${say("tell_makers")}</button></p>
      </form>
    </details>`;
  }

  private keysHint(): TemplateResult | typeof nothing {
    if (!singleKeys()) return nothing;
    const { asked } = this.sitting;
    if (asked.kind !== "single" && asked.kind !== "multiple" && asked.kind !== "true_false") return nothing;
    const last = asked.kind === "true_false" ? 2 : asked.content.options.length;
    return html`<p class="question-keys">${say("keys", { last: Math.min(last, 9) })}</p>`;
  }

  private reasons(): string[] {
    const { question, bank, why: reason } = this.sitting;
    const { card } = question;
    const exam = bank.pace.exam_on;
    if (!card) return [say("why_new"), ...(exam ? [say("why_spread", { day: longDay(exam) })] : [])];
    const days = -Math.round((Date.parse(dayOf(new Date(card.last_review), bank.pace.zone)) - Date.parse(dayOf(this.clock.now(), bank.pace.zone))) / 86_400_000);
    const when = days <= 0 ? say("today") : days === 1 ? say("yesterday") : say("days_ago", { n: days });
    if (!card.reps) return [say("why_looked", { when })];
    if (card.state !== 2) return [say("why_missed", { when })];
    const chance = Math.round(100 * expected(card, this.clock.now(), bank.pace));
    const goal = Math.round(100 * bank.pace.retention);
    if (reason === "exam" && exam) return [say("why_right", { when }), say("why_exam", { day: longDay(exam) })];
    const ahead = reason === "ahead" ? [say("why_ahead")] : [];
    return [...ahead, say("why_right", { when }), say("why_chance", { chance }), ...(ahead.length ? [] : [say("why_goal", { goal })])];
  }

  override updated(_changed: PropertyValues): void {
    const place = this.sitting.round.place * 2 + Number(this.isAnswered);
    if (place === this.place) return;
    const isFirst = this.place < 0;
    this.place = place;
    this.settle(isFirst);
  }

  /** Lead to where the next thing happens: the explanation, or the question; a field to type in where keys are at hand. */
  private settle(isFirst: boolean): void {
    const explained = this.querySelector<HTMLElement>("[data-explanation]");
    const typing = window.matchMedia("(pointer: fine)").matches ? this.querySelector<HTMLElement>(`.question ${TYPING}`) : null;
    const place = explained ?? typing ?? this.querySelector<HTMLElement>("#question");
    place?.focus({ preventScroll: true });
    if (explained) explained.scrollIntoView({ block: "nearest", behavior: isCalm() ? "auto" : "smooth" });
    else if (!isFirst) window.scrollTo({ top: 0, behavior: "auto" });
  }

  private readonly filled = (fields: Fields, redraw = false, said = ""): void => {
    this.sitting.fill(fields).catch((fault: unknown) => this.dispatchEvent(new CustomEvent("trouble", { detail: fault })));
    if (!redraw) return;
    this.said = said;
    this.requestUpdate();
  };

  private readonly judged = (outcome: string): void => {
    void this.give({ text: this.fields.text ?? [], judged: [outcome] });
  };

  private readonly onInput = (): void => {
    this.fault = "";
    this.filled({ ...this.gathered(), ...(this.fields.judging ? { judging: this.fields.judging } : {}) });
  };

  /** The fields of the form as they are now. */
  private gathered(): Fields {
    const form = this.querySelector<HTMLFormElement>("form.question");
    const fields: Fields = {};
    for (const [name, value] of form ? new FormData(form) : []) (fields[name] ??= []).push(String(value));
    const { asked } = this.sitting;
    if (asked.kind === "ordering") fields.order = orderOf(this.sitting, asked.content, this.fields);
    return fields;
  }

  private readonly onSubmit = (event: Event): void => {
    event.preventDefault();
    const fields = this.gathered();
    if (this.sitting.asked.kind !== "open") void this.give(fields);
    else if (openAnswer(fields)) this.filled({ ...fields, judging: ["yes"] }, true);
    else this.fault = say("answer_first");
  };

  private async give(fields: Fields): Promise<void> {
    if (this.busy || this.isAnswered) return;
    await this.once(async () => {
      const found = await this.sitting.answer(fields);
      if (typeof found === "string") {
        this.fault = say(found === "number" ? "type_number" : "answer_first");
        return;
      }
      this.fault = "";
      this.said = verdictWords(found.outcome);
      feel(found.outcome, this.choices);
      this.tell("answered");
    });
  }

  private readonly showFirst = (): void => {
    void this.once(async () => {
      await this.sitting.show();
      this.said = verdictWords("shown");
      this.tell("answered");
    });
  };

  private readonly next = (): void => {
    if (!this.isAnswered) return;
    void this.once(async () => {
      this.reported = "";
      this.said = "";
      if (!(await this.sitting.next())) this.tell("over");
    });
  };

  /** One thing at a time; what fails is told, a full device as that, and loses nothing that was kept. */
  private async once(act: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await act();
    } catch (fault) {
      this.fault = say(isFull(fault) ? "device_full" : "app_failed");
      this.dispatchEvent(new CustomEvent("trouble", { detail: fault }));
    } finally {
      this.busy = false;
    }
  }

  private readonly bookmark = (): void => {
    void this.once(async () => {
      await this.sitting.bookmark(!this.sitting.question.bookmarked);
      this.tell("marked");
    });
  };

  private readonly sendReport = (event: Event): void => {
    event.preventDefault();
    const trouble = String(new FormData(event.target as HTMLFormElement).get("trouble") ?? "");
    void this.once(async () => {
      await this.sitting.report(trouble);
      this.reported = trouble;
      this.tell("marked");
    });
  };

  private tell(what: "answered" | "over" | "pause" | "marked"): void {
    this.requestUpdate();
    this.dispatchEvent(new CustomEvent(what));
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing || event.repeat || isSilenced(event)) return;
    const target = event.target as HTMLElement;
    const isControl = target.closest("a, button, summary, textarea, select") !== null;
    if (/^[1-9]$/.test(event.key) && !target.matches(TYPING) && !this.isAnswered) this.choose(Number(event.key), event);
    else if (event.key === "Enter" && !isControl && !this.isAnswered) {
      event.preventDefault();
      this.querySelector<HTMLFormElement>("form.question")?.requestSubmit();
    } else if ((event.key === "Enter" || event.key === " ") && !isControl && !target.matches("input") && this.isAnswered) {
      event.preventDefault();
      this.next();
    }
  };

  private choose(number: number, event: KeyboardEvent): void {
    const choice = this.querySelectorAll<HTMLInputElement>(".option input[name='choice']")[number - 1];
    if (!choice) return;
    event.preventDefault();
    choice.focus();
    choice.click();
  }

  private readonly onTouch = (event: TouchEvent): void => {
    const [finger] = event.touches;
    const scrolls = (event.target as Element).closest("audio, video, math, table, input");
    this.touch = finger && event.touches.length === 1 && !scrolls ? { x: finger.clientX, y: finger.clientY } : null;
  };

  private readonly onLift = (event: TouchEvent): void => {
    const finger = event.changedTouches[0];
    if (!finger || !this.touch || !this.isAnswered) return;
    const left = this.touch.x - finger.clientX;
    const steep = Math.abs(finger.clientY - this.touch.y) > STEEP * left;
    this.touch = null;
    if (left > SWIPE && !steep) this.next();
  };
}

function isCalm(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

