import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { LhEditor } from "../src/elements/editor";

beforeAll(() => customElements.define("lh-editor", LhEditor));
afterEach(() => document.body.replaceChildren());

function show(): Record<string, ReturnType<typeof vi.fn>> {
  document.body.innerHTML = `<lh-editor><a data-previous href="#p">p</a><a data-following href="#n">n</a>
    <form><textarea></textarea><input type="radio"><button data-save>Save</button>
    <button data-save-next>Next</button></form></lh-editor><input id="elsewhere">`;
  const pressed: Record<string, ReturnType<typeof vi.fn>> = {};
  for (const name of ["data-previous", "data-following", "data-save", "data-save-next"]) {
    pressed[name] = vi.fn((event: Event) => event.preventDefault());
    document.querySelector(`[${name}]`)!.addEventListener("click", pressed[name] as EventListener);
  }
  return pressed;
}

function key(name: string, place: string, more: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, ...more });
  (document.querySelector(place) ?? document.body).dispatchEvent(event);
  return event;
}

describe("lh-editor", () => {
  it("saves with Ctrl-Enter from a field, and goes on with Shift", () => {
    const pressed = show();
    key("Enter", "textarea", { ctrlKey: true });
    expect(pressed["data-save"]).toHaveBeenCalledTimes(1);
    key("Enter", "textarea", { ctrlKey: true, shiftKey: true });
    expect(pressed["data-save-next"]).toHaveBeenCalledTimes(1);
    expect(pressed["data-save"]).toHaveBeenCalledTimes(1);
  });

  it("does not save from a field of another form", () => {
    const pressed = show();
    key("Enter", "#elsewhere", { ctrlKey: true });
    expect(pressed["data-save"]).not.toHaveBeenCalled();
  });

  it("leads to the neighbours by letter and arrow, but not while one types or chooses", () => {
    const pressed = show();
    key("n", "body");
    key("ArrowRight", "body");
    key("n", "textarea");
    key("ArrowRight", "input[type=radio]");
    expect(pressed["data-following"]).toHaveBeenCalledTimes(2);
    key("p", "body");
    expect(pressed["data-previous"]).toHaveBeenCalledTimes(1);
  });

  it("leaves a field with Escape", () => {
    show();
    const field = document.querySelector("textarea")!;
    field.focus();
    key("Escape", "textarea");
    expect(document.activeElement).toBe(document.body);
  });

  it("warns before what was typed is left, and not after it was sent", () => {
    show();
    const leave = (): boolean => window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
    expect(leave()).toBe(true);
    document.querySelector("textarea")!.dispatchEvent(new Event("input", { bubbles: true }));
    expect(leave()).toBe(false);
    document.querySelector("form")!.dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true }));
    expect(leave()).toBe(true);
  });
});
