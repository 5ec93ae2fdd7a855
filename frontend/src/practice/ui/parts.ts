// Small pieces that every screen of the app uses; they look like their likes on the pages of the server.
import { html, nothing, svg } from "lit";
import type { TemplateResult } from "lit";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import type { Rich } from "../kinds";

let sprite = "";

export function drawFrom(address: string): void {
  sprite = address;
}

export function icon(name: string): TemplateResult {
  return html`<svg class="icon" aria-hidden="true" focusable="false" width="20" height="20"><use href="${sprite}#${name}"></use></svg>`;
}

/** A text of an author: the server made it safe (practice/rendering.py); here it is only put in its place. */
export function rich(text: Rich | null | undefined): TemplateResult | typeof nothing {
  return text ? html`${unsafeHTML(text.html ?? escaped(text.text))}` : nothing;
}

/** The same on one line: without the paragraph around it, where there is just one. */
export function line(text: Rich | null | undefined): TemplateResult | typeof nothing {
  return text ? html`${unsafeHTML(oneParagraph(text.html ?? escaped(text.text)))}` : nothing;
}

export function oneParagraph(text: string): string {
  const found = /^\s*<p>([\s\S]*)<\/p>\s*$/.exec(text);
  return found && !found[1]!.includes("<p>") ? found[1]! : text;
}

/** Words alone, for places that show no marks. */
export function plain(text: Rich): string {
  const holder = document.createElement("template");
  holder.innerHTML = text.html ?? escaped(text.text);
  return holder.content.textContent?.trim() ?? "";
}

export function escaped(text: string): string {
  const signs: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };
  return text.replace(/[&<>"']/g, (sign) => signs[sign]!);
}

export function ring(percent: number, label: string, size: "" | "sm" | "lg" = ""): TemplateResult {
  const whole = Math.max(0, Math.min(100, Math.round(percent)));
  const arc = svg`<circle cx="50" cy="50" r="44" pathLength="100" stroke-dasharray="${whole} 100" />`;
  return html`<span class="ring${size ? ` ring-${size}` : ""}" role="img" aria-label="${label}: ${whole}%"
    ><svg viewBox="0 0 100 100" aria-hidden="true"><circle cx="50" cy="50" r="44" />${whole ? arc : nothing}</svg
    ><span class="ring-value" aria-hidden="true">${whole}%</span></span
  >`;
}

/** Something to know, told on demand. */
export function why(summary: string, sentences: (string | TemplateResult)[]): TemplateResult {
  return html`<details class="why">
    <summary>${icon("help-circle")}${summary}</summary>
    <div class="why-body">${sentences.map((each) => html`<p>${each}</p>`)}</div>
  </details>`;
}

export function notice(tone: "note" | "care", ...sentences: string[]): TemplateResult {
  const sign = tone === "care" ? "alert-triangle" : "info-circle";
  return html`<div class="notice tone-${tone}">${icon(sign)}<div class="notice-body">${sentences.map((each) => html`<p>${each}</p>`)}</div></div>`;
}
