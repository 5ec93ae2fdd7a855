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
    document.body.innerHTML =
      '<lh-search><form><input data-bar value=""></form><dialog><form><input data-ask></form>' +
      '<div data-hits></div></dialog></lh-search><textarea></textarea>';
  });

  const open = (): boolean => one<HTMLDialogElement>("dialog").open;
  const found = (text: string): void => {
    one<HTMLInputElement>("[data-ask]").value = text;
    one("[data-hits]").innerHTML = `<div data-hits-for="${text}"><a href="#a">A</a><a href="#b">B</a></div>`;
  };

  it("opens at Ctrl-K, from anywhere", () => {
    press("k", one("textarea"), { ctrlKey: true });
    expect(open()).toBe(true);
    expect(document.activeElement).toBe(one("[data-ask]"));
  });

  it("opens at a slash, but not while someone types, nor where the page has a search of its own", () => {
    expect(press("/", one("textarea")).defaultPrevented).toBe(false);
    document.body.insertAdjacentHTML("beforeend", '<main><input type="search"></main>');
    press("/", document.body);
    expect(open()).toBe(false);
    one("main").remove();
    press("/", document.body);
    expect(open()).toBe(true);
  });

  it("walks over what was found, and back to what is asked", () => {
    press("k", document.body, { ctrlKey: true });
    found("an");
    press("ArrowDown");
    expect(document.activeElement?.textContent).toBe("A");
    press("ArrowDown");
    expect(document.activeElement?.textContent).toBe("B");
    press("ArrowDown");
    expect(document.activeElement).toBe(one("[data-ask]"));
    press("ArrowUp");
    expect(document.activeElement?.textContent).toBe("B");
  });

  it("opens the first at Enter only when it answers what is typed", () => {
    press("k", document.body, { ctrlKey: true });
    found("an");
    const send = (): Event => {
      const event = new Event("submit", { bubbles: true, cancelable: true });
      one("dialog form").dispatchEvent(event);
      return event;
    };
    expect(send().defaultPrevented).toBe(true);
    one<HTMLInputElement>("[data-ask]").value = "ann";
    expect(send().defaultPrevented).toBe(false);
  });

  it("keeps nothing once it is closed", () => {
    press("k", document.body, { ctrlKey: true });
    found("an");
    one<HTMLDialogElement>("dialog").close();
    expect(one("[data-hits]").innerHTML).toBe("");
    expect(one<HTMLInputElement>("[data-ask]").value).toBe("");
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
