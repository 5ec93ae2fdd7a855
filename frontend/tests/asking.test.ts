import "fake-indexeddb/auto";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { wipe } from "../src/practice/private";
import { LhPractice } from "../src/practice/ui/app";
import type { LhRound } from "../src/practice/ui/round";
import { Academy, statement } from "./academy";
import { until } from "./patience";

const WORDS = { moved_to: "in place {place} of {total}", move_up: "Up", move_down: "Down", pause: "Pause", who_sees: "Who sees", only_you: "Only you", source_as_of: "as of {day}", source_until: "until {day}", source_changed: "changed {day}", months: "Jan Feb Mar Apr May Jun Jul Aug Sep" };
const text = (words: string): { text: string } => ({ text: words });
const KINDS: Record<string, object> = {
  cloze: { stem_html: "<p>A [[1]] gap</p>", content: { gaps: [{ kind: "short_text", forms: [{ text: "small", share: 1 }] }] } },
  ordering: { content: { items: ["a", "b", "c"].map((key) => ({ key, text: text(key) })) } },
  hotspot: {
    content: { picture: "", named: false, one_only: true, ratio: 0.8, areas: [{ key: "x", name: "x", shape: "rect", coords: [0, 0, 10, 10], share: 1, feedback: null }] },
  },
};
const fetched = window.fetch;
const seen = <T extends HTMLElement>(selector: string): Promise<T> =>
  until(() => document.querySelector<T>(selector) ?? Promise.reject(new Error(selector)));

beforeAll(() => customElements.define("lh-practice", LhPractice));
beforeEach(() => history.replaceState(null, "", location.pathname));
afterEach(async () => {
  document.body.replaceChildren();
  window.fetch = fetched;
  await wipe();
});

/** Open the app and begin a round of questions of one kind. */
async function asked(kind: string): Promise<void> {
  const academy = new Academy();
  academy.questions = [1, 2, 3, 4].map((n) => statement(n, { kind, ...KINDS[kind] } as never));
  window.fetch = academy.fetch as typeof window.fetch;
  document.body.innerHTML = `<script id="app-words" type="application/json">${JSON.stringify(WORDS)}</script>
    <lh-practice data-about="/about/" data-version="1"></lh-practice>`;
  (await seen("[data-begin]")).click();
  await seen("form.question");
}

/** Pause the round, and go on with it. */
async function pausedAndBack(): Promise<void> {
  document.querySelector<HTMLElement>(".question-top button")!.click();
  (await seen("[data-begin]")).click();
  await seen("form.question");
}

const drawn = async (): Promise<void> => {
  const round = document.querySelector("lh-round") as LhRound;
  round.requestUpdate();
  await round.updateComplete;
};

describe("a question", () => {
  it("says, one tap away, who sees what one answers", async () => {
    await asked("cloze");
    const told = [...document.querySelectorAll("lh-round details")].find((each) => each.querySelector("summary")!.textContent === "Who sees");
    expect(told!.querySelector(".why-body")!.textContent).toContain("Only you");
  });
});

describe("the source of an answer", () => {
  const source = (more: object): object => ({ source: { name: "The law", address: "", changed_on: null, valid_until: null, as_of: "2026-09-03", ...more } });

  it.each([
    [{}, "as of 3 Sep 2026"],
    [{ valid_until: "2028-01-01" }, "until 1 Jan 2028"],
    [{ changed_on: "2027-02-01" }, "changed 1 Feb 2027"],
  ])("always has a date: %s", async (more, said) => {
    KINDS.sourced = { kind: "true_false", content: { is_true: true, when_true: null, when_false: null }, ...source(more) };
    await asked("sourced");
    document.querySelector<HTMLElement>(".look-first button")!.click();
    expect((await seen(".explain-source")).textContent).toContain(`The law (${said})`);
  });
});

describe("a text with gaps", () => {
  it("keeps the field that one types in, whatever is drawn anew", async () => {
    await asked("cloze");
    document.querySelector<HTMLFormElement>("form.question")!.requestSubmit();
    await seen(".fault");
    const gap = document.querySelector<HTMLInputElement>("#gap-0")!;
    gap.focus();
    gap.value = "sm";
    gap.dispatchEvent(new Event("input", { bubbles: true }));
    await drawn();
    expect(document.querySelector("#gap-0")).toBe(gap);
    expect(document.activeElement).toBe(gap);
    expect(document.querySelector(".fault")).toBeNull();
  });

  it("has what was typed after a pause", async () => {
    await asked("cloze");
    const gap = document.querySelector<HTMLInputElement>("#gap-0")!;
    gap.value = "sm";
    gap.dispatchEvent(new Event("input", { bubbles: true }));
    await pausedAndBack();
    expect(document.querySelector<HTMLInputElement>("#gap-0")!.value).toBe("sm");
  });
});

describe("a place on a picture", () => {
  const chosen = (): HTMLInputElement | null => document.querySelector("[name=place]:checked");

  it("has its point and its pin after a pause", async () => {
    await asked("hotspot");
    const spot = document.querySelector("lh-hotspot")!;
    spot.getBoundingClientRect = () => ({ left: 0, top: 0, width: 200, height: 100 }) as DOMRect;
    const cell = document.querySelector<HTMLInputElement>("[data-cell=B1]")!;
    cell.dispatchEvent(new MouseEvent("click", { bubbles: true, detail: 1, clientX: 30, clientY: 5 }));
    cell.dispatchEvent(new Event("change", { bubbles: true }));
    await pausedAndBack();
    const pin = document.querySelector<HTMLElement>(".spot-pin")!;
    expect([chosen()?.dataset.cell, chosen()?.value, pin.hidden, pin.style.left]).toEqual(["B1", "15.0,5.0", false, "15.0%"]);
  });

  it("has the cell that was chosen with a key after a pause", async () => {
    await asked("hotspot");
    const cell = document.querySelector<HTMLInputElement>("[data-cell=C2]")!;
    cell.checked = true;
    cell.dispatchEvent(new Event("change", { bubbles: true }));
    await pausedAndBack();
    expect([chosen()?.value, document.querySelector<HTMLElement>(".spot-pin")!.hidden]).toEqual(["C2", true]);
  });
});

describe("lines to put in order", () => {
  const said = (): string => document.querySelector("lh-round [role=status]")!.textContent!;
  const button = (line: number, by: number): HTMLElement => document.querySelectorAll<HTMLElement>(`[data-by="${by}"]`)[line]!;

  it("say where a line went, and keep the focus on its buttons at either end", async () => {
    await asked("ordering");
    const down = button(0, 1);
    down.focus();
    down.click();
    await until(() => expect(said()).toBe("in place 2 of 3"));
    await until(() => expect(document.activeElement).toBe(down));
    down.click();
    await until(() => expect(said()).toBe("in place 3 of 3"));
    const up = down.parentElement!.querySelector('[data-by="-1"]');
    await until(() => expect(document.activeElement).toBe(up));
  });
});
