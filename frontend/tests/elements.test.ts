import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { defineLight, defineOffice } from "../src/elements";

beforeAll(() => {
  defineLight();
  defineOffice();
});
afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

function press(key: string, target: EventTarget = document.body, extra: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...extra });
  target.dispatchEvent(event);
  return event;
}

const one = <T extends HTMLElement>(selector: string): T => document.querySelector<T>(selector)!;

describe("lh-toast", () => {
  it("goes away by itself, but not while it is pointed at", () => {
    vi.useFakeTimers();
    document.body.innerHTML = '<lh-toast seconds="5">Kept.</lh-toast>';
    vi.advanceTimersByTime(4000);
    one("lh-toast").dispatchEvent(new Event("pointerenter"));
    vi.advanceTimersByTime(60000);
    expect(document.querySelector("lh-toast")).not.toBeNull();
    one("lh-toast").dispatchEvent(new Event("pointerleave"));
    vi.advanceTimersByTime(5000);
    expect(document.querySelector("lh-toast")).toBeNull();
  });

  it("stays when it says 0 seconds, until it is closed", () => {
    vi.useFakeTimers();
    document.body.innerHTML = '<lh-toast seconds="0"><button data-close></button></lh-toast>';
    vi.advanceTimersByTime(600000);
    expect(document.querySelector("lh-toast")).not.toBeNull();
    one("button").click();
    expect(document.querySelector("lh-toast")).toBeNull();
  });
});

describe("lh-drawer", () => {
  beforeEach(() => {
    document.body.innerHTML =
      '<lh-drawer><button data-toggle aria-controls="nav">Menu</button><nav id="nav"><a href="#">A</a></nav></lh-drawer><p>Else</p>';
  });

  it("opens and closes with its button and says so", () => {
    one("button").click();
    expect(one("lh-drawer").hasAttribute("open")).toBe(true);
    expect(one("button").getAttribute("aria-expanded")).toBe("true");
    one("button").click();
    expect(one("button").getAttribute("aria-expanded")).toBe("false");
  });

  it("closes on Escape with the focus back on its button, and on a click elsewhere", () => {
    one("button").click();
    press("Escape");
    expect(one("lh-drawer").hasAttribute("open")).toBe(false);
    expect(document.activeElement).toBe(one("button"));
    one("button").click();
    one("p").click();
    expect(one("lh-drawer").hasAttribute("open")).toBe(false);
  });
});

describe("lh-filters", () => {
  it("stays open while a filter is being chosen", () => {
    document.body.innerHTML = '<lh-filters><button data-toggle>F</button></lh-filters><p>Else</p>';
    one("button").click();
    one("p").click();
    press("Escape");
    expect(one("lh-filters").hasAttribute("open")).toBe(true);
  });
});

describe("menus", () => {
  it("close on Escape and on a click elsewhere", () => {
    document.body.innerHTML = '<details class="menu" open><summary>M</summary></details><p>Else</p>';
    press("Escape");
    expect(one<HTMLDetailsElement>("details").open).toBe(false);
    one<HTMLDetailsElement>("details").open = true;
    one("p").click();
    expect(one<HTMLDetailsElement>("details").open).toBe(false);
  });
});

describe("lh-search", () => {
  beforeEach(() => {
    document.body.innerHTML = '<lh-search><input id="q"></lh-search><textarea></textarea>';
  });

  it("takes the focus at Ctrl-K, from anywhere", () => {
    press("k", one("textarea"), { ctrlKey: true });
    expect(document.activeElement?.id).toBe("q");
  });

  it("takes the focus at a slash, but not while someone types", () => {
    expect(press("/", one("textarea")).defaultPrevented).toBe(false);
    expect(document.activeElement?.id).not.toBe("q");
    press("/", document.body);
    expect(document.activeElement?.id).toBe("q");
  });
});

describe("lh-rows", () => {
  const row = (n: number): string => `<tr><td><input type="checkbox" name="id" value="${n}"><a href="#${n}">Row ${n}</a></td></tr>`;

  beforeEach(() => {
    document.body.innerHTML =
      `<lh-rows><table><thead><tr><th><input type="checkbox" data-all></th></tr></thead><tbody>${row(1)}${row(2)}</tbody></table>` +
      '<div data-bulk><span data-picked></span></div></lh-rows>';
    for (const line of document.querySelectorAll("tr")) line.scrollIntoView = () => undefined;
  });

  const current = (): number => [...document.querySelectorAll("tbody tr")].findIndex((line) => line.hasAttribute("aria-current"));

  it("walks down with j and up with k, and stops at the ends", () => {
    press("j");
    press("j");
    press("j");
    expect(current()).toBe(1);
    press("k");
    press("k");
    expect(current()).toBe(0);
  });

  it("ticks the row with x, counts, and shows what can be done with the ticked ones", async () => {
    await Promise.resolve();
    expect(one("[data-bulk]").hidden).toBe(true);
    press("j");
    press("x");
    expect(one("[data-picked]").textContent).toBe("1");
    expect(one("[data-bulk]").hidden).toBe(false);
    expect(one<HTMLInputElement>("[data-all]").indeterminate).toBe(true);
  });

  it("ticks all with the box in the head", () => {
    one("[data-all]").click();
    expect(one("[data-picked]").textContent).toBe("2");
    one("[data-all]").click();
    expect(one("[data-picked]").textContent).toBe("0");
  });
});

describe("lh-panel", () => {
  it("opens when something is swapped in, and keeps nothing after it is closed", () => {
    document.body.innerHTML =
      '<lh-panel><dialog><div data-content id="panel"><p>Anna</p><button data-close>x</button></div></dialog></lh-panel>';
    const dialog = one<HTMLDialogElement>("dialog");
    one("#panel").dispatchEvent(new Event("htmx:afterSwap", { bubbles: true }));
    expect(dialog.open).toBe(true);
    one("[data-close]").click();
    expect(dialog.open).toBe(false);
    expect(one("#panel").childElementCount).toBe(0);
  });
});

describe("lh-copy", () => {
  it("copies the text without the spaces that make it readable, and says so", async () => {
    const written = vi.fn(() => Promise.resolve());
    vi.stubGlobal("navigator", { clipboard: { writeText: written } });
    document.body.innerHTML =
      '<lh-copy><code data-text="ABCDEFGH">ABCD EFGH</code><button hidden data-done="Copied"><span data-label>Copy</span></button></lh-copy>';
    await Promise.resolve();
    expect(one("button").hidden).toBe(false);
    one("button").click();
    await vi.waitFor(() => expect(one("[data-label]").textContent).toBe("Copied"));
    expect(written).toHaveBeenCalledWith("ABCDEFGH");
    vi.unstubAllGlobals();
  });
});
