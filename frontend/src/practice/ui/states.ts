// What stands there when there is nothing to practise with, and what somebody has to know meanwhile.
import { html } from "lit";
import type { TemplateResult } from "lit";
import { say } from "../words";
import { icon } from "./parts";

export function loading(): TemplateResult {
  return html`<h1 class="app-title">${say("practise")}</h1><p class="app-loading" role="status">${say("loading")}</p>`;
}

export function unopened(): TemplateResult {
  return html`<h1 class="app-title">${say("practise")}</h1>
    <section class="card empty"><div class="card-body"><h2>${say("unopened")}</h2><p>${say("unopened_text")}</p></div></section>`;
}

/** Nothing can be kept in this browser: what to do, and the pages of the server that practise without the app. */
export function broken(plain: string): TemplateResult {
  return html`<h1 class="app-title">${say("practise")}</h1>
    <section class="card empty">
      <div class="card-body">
        <h2>${say("broken")}</h2>
        <p>${say("broken_text")}</p>
        <p class="cluster">
          <button class="btn" type="button" @click=${() => location.reload()}>${say("try_again")}</button><a class="btn btn-quiet" href=${plain}>${say("without_app")}</a>
        </p>
      </div>
    </section>`;
}

/** Lines above everything else, each with its sign. */
export function standing(lines: [string, string][]): TemplateResult {
  return html`<div class="app-bar" role="status">${lines.map(([sign, words]) => html`<p>${icon(sign)}<span>${words}</span></p>`)}</div>`;
}
