import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { LhQuestion } from "../src/elements/question";

beforeAll(() => customElements.define("lh-question", LhQuestion));
afterEach(() => document.body.replaceChildren());

const options = (type: string): string =>
  [1, 2, 3].map((n) => `<label class="option"><input type="${type}" name="a" value="${n}" id="o${n}"></label>`).join("");

function show(inner: string, attributes = ""): HTMLFormElement {
  document.body.innerHTML = `<lh-question ${attributes}><form>${inner}<button id="go">Check</button></form></lh-question>`;
  return document.querySelector("form") as HTMLFormElement;
}

function press(key: string, target: EventTarget = document.body, extra: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...extra });
  target.dispatchEvent(event);
  return event;
}

const chosen = (): string[] =>
  [...document.querySelectorAll<HTMLInputElement>("input:checked")].map((input) => input.value);

describe("lh-question with one right answer", () => {
  beforeEach(() => show(options("radio")));

  it("chooses the option whose number is pressed", () => {
    press("2");
    expect(chosen()).toEqual(["2"]);
    press("3");
    expect(chosen()).toEqual(["3"]);
  });

  it("does nothing at a number without an option, nor with Control held", () => {
    expect(press("9").defaultPrevented).toBe(false);
    press("1", document.body, { ctrlKey: true });
    expect(chosen()).toEqual([]);
  });

  it("answers at Enter", () => {
    const click = vi.fn((event: Event) => event.preventDefault());
    document.getElementById("go")!.addEventListener("click", click);
    press("1");
    press("Enter");
    expect(click).toHaveBeenCalledTimes(1);
  });

  it("leaves Enter to the button that has the focus", () => {
    expect(press("Enter", document.getElementById("go")!).defaultPrevented).toBe(false);
  });
});

describe("lh-question", () => {
  it("ticks several options where more may be right", () => {
    show(options("checkbox"));
    press("1");
    press("3");
    press("1");
    expect(chosen()).toEqual(["3"]);
  });

  it("types figures into a text field instead of choosing", () => {
    show('<input type="text" id="t">' + options("radio"));
    press("2", document.getElementById("t")!);
    expect(chosen()).toEqual([]);
  });

  it("sends a single choice at once when told so", () => {
    const form = show(options("radio"), "instant");
    const sent = vi.fn();
    form.requestSubmit = sent;
    press("2");
    expect(sent).toHaveBeenCalledTimes(1);
  });

  it("goes to the next question at Enter after the answer", () => {
    show('<div data-explanation id="why">Because.</div><a data-next id="next" href="#next">Next</a>');
    const click = vi.fn((event: Event) => event.preventDefault());
    document.getElementById("next")!.addEventListener("click", click);
    press("Enter");
    expect(click).toHaveBeenCalledTimes(1);
  });

  it("gives the explanation the focus, so that it is read, and brings it into view", async () => {
    show('<div data-explanation id="why">Because.</div>');
    const into = vi.fn();
    document.getElementById("why")!.scrollIntoView = into;
    await Promise.resolve();
    expect(document.activeElement?.id).toBe("why");
    await vi.waitFor(() => expect(into).toHaveBeenCalledTimes(1));
  });

  it("keeps the button closed until something is chosen, when told so", () => {
    show(options("radio"));
    const button = document.getElementById("go") as HTMLButtonElement;
    button.setAttribute("data-until-chosen", "");
    button.disabled = true;
    press("1");
    expect(button.disabled).toBe(false);
  });
});
