// The end of a round: a real end, and what grew.
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { Growth } from "../sitting";
import { count, say } from "../words";
import { icon, ring } from "./parts";

export interface Ending {
  growth: Growth;
  streak: number;
  again: () => void;
  done: () => void;
}

export function end({ growth, streak, again, done }: Ending): TemplateResult {
  const [before, now] = growth.percent;
  const grew = growth.topics.filter((each) => each.now > each.before);
  return html`
    <section class="card card-main round-end" aria-labelledby="end">
      ${ring(now, say("mastery"), "lg")}
      <h2 id="end" tabindex="-1">${now > before ? say("grew", { before, now }) : say("done")}</h2>
      <p>
        ${growth.asked ? say("right_of", { right: growth.right, asked: growth.asked }) : say("all_shown")} ·
        ${count("minutes", growth.minutes)}
      </p>
      ${growth.newlyKnown ? html`<p>${count("newly_known", growth.newlyKnown)}</p>` : nothing}
      ${streak > 1 ? html`<p class="streak-line">${icon("flame")} ${count("streak", streak)}</p>` : nothing}
      <div class="cluster">
        <button class="btn btn-primary btn-lg" type="button" @click=${again}>${say("another")}</button>
        <button class="btn btn-lg" type="button" @click=${done}>${say("enough")}</button>
      </div>
    </section>
    ${grew.length
      ? html`<section aria-labelledby="grown">
          <h2 class="eyebrow" id="grown">${say("per_topic")}</h2>
          <ul class="row-list">
            ${grew.map(
              (each) => html`<li>
                ${ring(each.now, say("mastery"), "sm")}
                <span class="row-main"><span>${each.title}</span><span class="row-sub">${say("from_to", { before: each.before, now: each.now })}</span></span>
              </li>`,
            )}
          </ul>
        </section>`
      : nothing}
  `;
}
