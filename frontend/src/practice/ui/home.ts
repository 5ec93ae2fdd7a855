// The home of the app: what to do today, how one stands, and what is near. A list of cards; each may have nothing to say.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { dayOf, daysBetween } from "../clock";
import { minutesFor, usualSize, waitingNow } from "../pacing";
import { isAsBegun, standOf, streak, waitingOf } from "../sitting";
import type { Wanted } from "../sitting";
import type { Choices, Home, KeptBank, KeptQuestion, OpenRound } from "../store";
import { count, longDay, say, weekday } from "../words";
import { icon, notice, ring, why } from "./parts";

/** A bank with what was taken along of it. */
export interface Stocked {
  bank: KeptBank;
  questions: KeptQuestion[];
}

/** All that the home page knows. */
export interface Seen {
  now: Date;
  home: Home | null;
  banks: Stocked[];
  open: OpenRound | null;
  days: string[];
  kept: boolean;
  choices: Choices;
  canInstall: boolean;
  whoSees: string;
  reminders: string;
  together: string;
  reports: string;
  isAway: boolean;
  decline: () => void;
  begin: (bank: string, wanted: Wanted) => void;
  goOn: () => void;
  choose: (changed: Partial<Choices>) => void;
  install: () => void;
}

type Card = (seen: Seen) => TemplateResult | typeof nothing;

/** The cards in the order in which they stand; a new one is one more name here. The first of them is there first. */
export const CARDS: Card[] = [today, retired, reminding, topics, days, bookmarks, lesson, certificates, installing, settings, privacy];

export function home(seen: Seen, count: number): TemplateResult {
  return html`<div class="stack stack-lg">${CARDS.map((card, place) => (place < count ? card(seen) : nothing))}</div>`;
}

function today(seen: Seen): TemplateResult {
  if (!seen.banks.length) return html`<section class="card empty"><div class="card-body"><h2>${say("nothing_yet")}</h2><p>${say("nothing_yet_text")}</p></div></section>`;
  const sorted = [...seen.banks].sort((one, other) => Number(other.bank.id === seen.open?.bank) - Number(one.bank.id === seen.open?.bank));
  return html`${sorted.map((each, place) => bankCard(seen, each, place === 0))}`;
}

function bankCard(seen: Seen, { bank, questions }: Stocked, isFirst: boolean): TemplateResult {
  const waiting = isAsBegun(bank) ? asTold(bank) : waitingNow(questions.map(waitingOf), bank.pace, seen.now);
  const isOpen = seen.open?.bank === bank.id && !seen.open.over;
  const stand = standOf(bank);
  return html`<section class="card${isFirst ? " card-main" : ""}" aria-labelledby="bank-${bank.id}">
    <div class="card-body stack">
      <div class="d-flex gap-3 align-items-center">
        <div class="flex-fill">
          <h2 class="mb-1" id="bank-${bank.id}">${bank.bank.title}</h2>
          <p class="mb-0">${isOpen ? say("stopped") : lead(waiting, bank, questions, seen.now)}</p>
        </div>
        ${ring(stand.percent, say("mastery"))}
      </div>
      ${countdown(bank, stand.percent, seen.now)}
      ${isOpen
        ? html`<button class="btn btn-primary btn-lg" type="button" data-begin @click=${seen.goOn}>${icon("player-play")}${say("go_on")}</button>`
        : questions.length
          ? html`<button class="btn btn-lg ${waiting.round ? "btn-primary" : ""}" type="button" data-begin @click=${() => seen.begin(bank.id, { kind: "usual" })}>
              ${icon("player-play")}${waiting.round ? say("begin") : say("ahead")}
            </button>`
          : nothing}
      ${seen.isAway ? nothing : pages(bank)}
    </div>
  </section>`;
}

/** Pages of the server about a bank; the app itself needs no connection. */
function pages({ id, bank }: KeptBank): TemplateResult {
  const at = `/practice/${id}/`;
  const of = html`<span class="visually-hidden">: ${bank.title}</span>`;
  return html`<div class="app-links">
    <a href=${at}>${icon("chart-line")}<span>${say("standing")}${of}</span></a>
    <a href="${at}goal/">${icon("target")}<span>${say("goal")}${of}</span></a>
  </div>`;
}

/** What waits as the server counted it: while only the next round is here, nobody else can. */
function asTold({ bank }: KeptBank): { round: number; isBehind: boolean } {
  return { round: bank.waiting, isBehind: bank.behind };
}

/** True towards an exam, when what is left to meet is spread over the days that come. */
function isDoneToday({ pace }: KeptBank, questions: KeptQuestion[], now: Date): boolean {
  return pace.exam_on !== null && pace.exam_on >= dayOf(now, pace.zone) && questions.some(({ card }) => !card);
}

function lead(waiting: { round: number; isBehind: boolean }, bank: KeptBank, questions: KeptQuestion[], now: Date): string {
  if (!questions.length) return say("no_questions");
  if (waiting.isBehind) return say("good_deal");
  if (!waiting.round && isDoneToday(bank, questions, now)) return say("day_done");
  if (!waiting.round) return say(questions.some(({ card }) => card && card.state !== 2) ? "missed_lately" : "all_fresh");
  return `${count("questions", waiting.round)} · ${count("about_minutes", minutesFor(waiting.round, bank.pace))}`;
}

/** "68 %, nog 12 dagen": how it stands and how long there is, without a word about what is missing. */
function countdown(bank: KeptBank, percent: number, now: Date): TemplateResult | typeof nothing {
  const { exam_on: exam, zone } = bank.pace;
  const days = exam ? daysBetween(dayOf(now, zone), exam) : -1;
  if (!exam || days < 0) return nothing;
  const left = days === 0 ? say("exam_today") : count("days_left", days);
  const forecast = bank.mastery?.exam ? say("forecast", { low: bank.mastery.exam.low, high: bank.mastery.exam.high }) : "";
  return html`<p class="countdown">
    ${icon("target")}<span><strong>${percent} %</strong>, ${left}<span class="row-sub">${say("exam_on", { day: longDay(exam) })} ${forecast}</span></span>
  </p>`;
}

/** What left the rounds because its source changed, until it was read; a home that was kept before tells of none. */
function retired(seen: Seen): TemplateResult | typeof nothing {
  const told = seen.home?.about.retired ?? [];
  if (!told.length) return nothing;
  return html`<section class="card" aria-labelledby="retired">
    <div class="card-body stack">
      <h2 class="mb-0" id="retired">${say("retired")}</h2>
      <ul class="mb-0">
        ${told.map(({ bank, source, count: n }) => html`<li>${count("retired_of", n, { bank, source })}</li>`)}
      </ul>
      <p class="mb-0">${say("retired_back")}</p>
      ${seen.isAway ? nothing : html`<div><a class="btn" href=${seen.home!.about.retired_url}>${say("retired_read")}</a></div>`}
    </div>
  </section>`;
}

/** Whether we may remind them: asked once it was of value, and never again after any answer. */
function reminding(seen: Seen): TemplateResult | typeof nothing {
  if (!seen.home?.asks || seen.isAway) return nothing;
  return html`<section class="card" aria-labelledby="remind">
    <div class="card-body stack">
      <h2 class="mb-0" id="remind">${say("remind")}</h2>
      <p class="mb-0">${say("remind_text")}</p>
      <div class="cluster">
        <a class="btn" href=${seen.reminders}>${say("remind_choose")}</a>
        <button class="btn btn-quiet" type="button" data-decline @click=${seen.decline}>${say("remind_no")}</button>
      </div>
    </div>
  </section>`;
}

function topics(seen: Seen): TemplateResult | typeof nothing {
  const shown = seen.banks.filter(({ bank }) => (bank.mastery?.topics.length ?? 0) > 1);
  if (!shown.length) return nothing;
  return html`${shown.map(({ bank, questions }) => {
    const stand = standOf(bank);
    const here = new Set(questions.map((each) => each.topic.id));
    return html`<section aria-labelledby="topics-${bank.id}">
      <h2 class="eyebrow" id="topics-${bank.id}">${say("topics_of", { bank: bank.bank.title })}</h2>
      <ul class="row-list">
        ${bank.mastery?.topics.map(
          (topic) => html`<li>
            ${ring(stand.topics[topic.id] ?? topic.percent, say("mastery"), "sm")}
            <span class="row-main"><span>${topic.title}</span><span class="row-sub">${count("questions", topic.questions)}</span></span>
            ${here.has(topic.id)
              ? html`<span class="row-side"
                  ><button class="btn btn-sm" type="button" aria-label=${say("practise_topic", { topic: topic.title })} @click=${() => seen.begin(bank.id, { kind: "topic", topic: topic.id })}>
                    ${say("practise")}
                  </button></span
                >`
              : nothing}
          </li>`,
        )}
      </ul>
    </section>`;
  })}`;
}

/** The week as it was; what was left out is no fault, and a pause of two days does not end a row. */
function days(seen: Seen): TemplateResult | typeof nothing {
  if (!seen.banks.length) return nothing;
  const zone = seen.banks[0]!.bank.pace.zone;
  const here = dayOf(seen.now, zone);
  const week = [6, 5, 4, 3, 2, 1, 0].map((back) => dayOf(new Date(seen.now.getTime() - back * 86_400_000), zone));
  const row = streak(seen.days, here);
  return html`<section aria-labelledby="week">
    <h2 class="eyebrow" id="week">${say("your_week")}</h2>
    ${row > 1 ? html`<p class="streak-line">${icon("flame")} ${count("streak", row)}</p>` : nothing}
    <ol class="days" aria-label=${say("last_seven")}>
      ${week.map((day) => {
        const done = seen.days.includes(day);
        const spoken = `${longDay(day)}: ${done ? say("practised") : say("day_off")}`;
        return html`<li class="${done ? "done" : ""} ${day === here ? "today" : ""}">
          ${icon(done ? "circle-check-filled" : "circle-dashed")}<span aria-hidden="true">${weekday(day)}</span><span class="visually-hidden">${spoken}</span>
        </li>`;
      })}
    </ol>
    <p class="row-sub mt-2">${say("days_off_are_fine")}</p>
  </section>`;
}

function bookmarks(seen: Seen): TemplateResult | typeof nothing {
  const kept = seen.banks.map(({ bank, questions }) => ({ bank, n: questions.filter((each) => each.bookmarked).length })).filter(({ n }) => n);
  if (!kept.length) return nothing;
  return html`<section aria-labelledby="kept">
    <h2 class="eyebrow" id="kept">${say("bookmarks")}</h2>
    <ul class="row-list">
      ${kept.map(
        ({ bank, n }) => html`<li>
          ${icon("bookmark")}<span class="row-main"><span>${bank.bank.title}</span><span class="row-sub">${count("questions", n)}</span></span>
          <span class="row-side"
            ><button class="btn btn-sm" type="button" aria-label=${say("look_at_kept", { n: Math.min(n, usualSize(bank.pace)), bank: bank.bank.title })} @click=${() => seen.begin(bank.id, { kind: "bookmarks" })}>
              ${say("practise")}
            </button></span
          >
        </li>`,
      )}
    </ul>
  </section>`;
}

function lesson(seen: Seen): TemplateResult | typeof nothing {
  const next = seen.home?.about.lesson;
  if (!next || Date.parse(next.ends) < seen.now.getTime()) return nothing;
  return html`<section class="card" aria-labelledby="lesson">
    <div class="card-body">
      <h2 class="card-title" id="lesson">${say("next_lesson")}</h2>
      <p class="lead mb-1"><a href=${next.url}>${next.title}</a></p>
      <p class="with-sign mb-1">${icon("clock")}<span>${next.when}</span></p>
      ${next.where ? html`<p class="with-sign mb-0">${next.online ? icon("video") : icon("map-pin")}<span>${next.where}</span></p>` : nothing}
      ${next.join || next.route
        ? html`<p class="cluster mt-3 mb-0">
            ${next.join ? html`<a class="btn" href=${next.join} rel="noopener noreferrer">${icon("video")}${say("join")}</a>` : nothing}
            ${next.route ? html`<a class="btn" href=${next.route} rel="noopener noreferrer">${icon("route")}${say("route")}</a>` : nothing}
          </p>`
        : nothing}
    </div>
  </section>`;
}

function certificates(seen: Seen): TemplateResult | typeof nothing {
  const about = seen.home?.about;
  if (!about?.certificates.length) return nothing;
  return html`<section aria-labelledby="certificates">
    <h2 class="eyebrow" id="certificates">${say("certificates")}</h2>
    <ul class="row-list">
      ${about.certificates.map(
        (each) => html`<li>
          ${icon("certificate")}<span class="row-main"><span>${each.title}</span><span class="row-sub">${each.when}${each.points ? ` · ${each.points}` : ""}</span></span>
        </li>`,
      )}
    </ul>
    <p class="mt-2 mb-0"><a href=${about.certificates_url}>${say("all_certificates")}</a></p>
  </section>`;
}

function installing(seen: Seen): TemplateResult | typeof nothing {
  if (!seen.canInstall) return nothing;
  return html`<p class="mb-0"><button class="btn" type="button" @click=${seen.install}>${icon("device-mobile")} ${say("install")}</button></p>`;
}

function settings(seen: Seen): TemplateResult {
  const toggle = (name: keyof Choices, words: string): TemplateResult => html`<label class="form-check form-switch">
    <input
      class="form-check-input"
      type="checkbox"
      role="switch"
      .checked=${seen.choices[name]}
      @change=${(event: Event) => seen.choose({ [name]: (event.target as HTMLInputElement).checked })}
    /><span class="form-check-label">${words}</span>
  </label>`;
  return html`<details class="app-settings">
    <summary>${icon("adjustments-horizontal")}${say("settings")}</summary>
    <div class="stack">
      ${toggle("sound", say("sound"))}${toggle("haptics", say("haptics"))}
      <lh-keys hidden
        ><label class="form-check form-switch">
          <input class="form-check-input" type="checkbox" role="switch" /><span class="form-check-label">${say("single_keys")}</span>
        </label></lh-keys
      >
      <div class="app-links">
        <a href=${seen.reminders}>${icon("bell")}${say("reminders")}</a>
        <a href=${seen.together}>${icon("users-group")}${say("together")}</a>
        <a href=${seen.reports}>${icon("bug")}${say("reports")}</a>
      </div>
    </div>
  </details>`;
}

function privacy(seen: Seen): TemplateResult {
  const sentences = [say("only_you"), say("on_device"), seen.kept ? say("device_kept") : say("device_not_kept")];
  return html`<div>
    ${seen.kept || !seen.banks.length ? nothing : notice("note", say("stay_hint"))}
    ${why(say("who_sees"), [...sentences, html`<a href=${seen.whoSees}>${say("who_sees_all")}</a>`])}
  </div>`;
}
