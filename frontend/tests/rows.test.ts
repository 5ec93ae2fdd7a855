import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { LhPanel } from "../src/elements/panel";
import { LhRows } from "../src/elements/rows";

beforeAll(() => {
  customElements.define("lh-rows", LhRows);
  customElements.define("lh-panel", LhPanel);
});
afterEach(() => document.body.replaceChildren());

const one = <T extends HTMLElement>(selector: string): T => document.querySelector<T>(selector)!;
const lines = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("tbody tr")];
const ticked = (): number[] => lines().flatMap((line, at) => (line.querySelector("input")!.checked ? [at + 1] : []));
const current = (): number => lines().findIndex((line) => line.hasAttribute("aria-current")) + 1;
const row = (n: number): string =>
  `<tr><td><input type="checkbox" name="row" value="${n}"></td><td><a href="#${n}" data-open>Row ${n}</a></td>` +
  `<td>cell</td><td><a href="#${n}" data-peek>beside</a></td></tr>`;

function press(key: string, target: EventTarget = document.body): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
  target.dispatchEvent(event);
  return event;
}

function clicks(selector: string): string[] {
  const seen: string[] = [];
  for (const each of document.querySelectorAll<HTMLAnchorElement>(selector)) {
    each.addEventListener("click", (event) => {
      event.preventDefault();
      seen.push(each.getAttribute("href")!);
    });
  }
  return seen;
}

beforeEach(async () => {
  document.body.innerHTML =
    '<lh-rows><input type="search" data-list-search><a href="#sheet" data-export>x</a><button data-keys hidden></button>' +
    `<table><thead><tr><th><input type="checkbox" data-all></th></tr></thead><tbody>${[1, 2, 3, 4].map(row).join("")}</tbody></table>` +
    '<div data-bulk><b data-picked></b><input type="checkbox" data-all-fitting data-total="1000"><button data-none hidden></button></div>' +
    "<dialog data-keys-dialog></dialog></lh-rows>" +
    '<lh-panel><dialog class="panel"><a data-whole hidden>whole</a><button data-close>x</button><div data-content></div></dialog></lh-panel>';
  for (const line of lines()) line.scrollIntoView = () => undefined;
  await Promise.resolve();
});

describe("walking", () => {
  it("goes down with j, up with k, stops at the ends and puts the focus on the row's link", () => {
    for (const key of "jjjjjj") press(key);
    expect(current()).toBe(4);
    expect(document.activeElement?.textContent).toBe("Row 4");
    for (const key of "kkkkkk") press(key);
    expect(current()).toBe(1);
  });

  it("leaves keys alone while somebody types, and with Ctrl", () => {
    expect(press("j", one("[data-list-search]")).defaultPrevented).toBe(false);
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "j", ctrlKey: true, bubbles: true }));
    expect(current()).toBe(0);
  });

  it("opens with Enter, and beside the list with o and Space", () => {
    const [opened, beside] = [clicks("[data-open]"), clicks("[data-peek]")];
    press("j");
    press("Enter");
    press("o");
    press(" ");
    expect(opened).toEqual(["#1"]);
    expect(beside).toEqual(["#1", "#1"]);
  });

  it("goes on beside the list while the panel is open, and does nothing else then", () => {
    const beside = clicks("[data-peek]");
    one<HTMLDialogElement>("dialog.panel").setAttribute("open", "");
    press("j");
    press("x");
    expect(beside).toEqual(["#1"]);
    expect(ticked()).toEqual([]);
  });

  it("opens beside the list at a click on the row, but not on its links and boxes", () => {
    const beside = clicks("[data-peek]");
    clicks("[data-open]");
    lines()[1]!.querySelectorAll("td")[2]!.click();
    one("[data-open]").click();
    one("tbody input").click();
    expect(beside).toEqual(["#2"]);
  });
});

describe("choosing", () => {
  it("ticks with x, counts, and shows what can be done", () => {
    expect(one("[data-bulk]").hidden).toBe(true);
    press("j");
    press("x");
    expect([ticked(), one("[data-picked]").textContent, one("[data-bulk]").hidden]).toEqual([[1], "1", false]);
    expect(one<HTMLInputElement>("[data-all]").indeterminate).toBe(true);
    expect(lines()[0]!.hasAttribute("data-ticked")).toBe(true);
  });

  it("ticks from the last ticked row on with Shift-x, also upwards", () => {
    for (const key of "jjx") press(key);
    for (const key of "jjX") press(key);
    expect(ticked()).toEqual([2, 3, 4]);
    for (const key of "kkkX") press(key);
    expect(ticked()).toEqual([1, 2, 3, 4]);
  });

  it("ticks the page with a, and none again", () => {
    press("a");
    expect(ticked()).toEqual([1, 2, 3, 4]);
    press("a");
    expect(ticked()).toEqual([]);
  });

  it("means all that fit until one is left out", () => {
    one("[data-all-fitting]").click();
    expect([ticked(), one("[data-picked]").textContent]).toEqual([[1, 2, 3, 4], "1000"]);
    one("tbody input").click();
    expect([one<HTMLInputElement>("[data-all-fitting]").checked, one("[data-picked]").textContent]).toEqual([false, "3"]);
  });

  it("clears with one button", () => {
    press("a");
    one("[data-none]").click();
    expect([ticked(), one("[data-bulk]").hidden]).toEqual([[], true]);
  });
});

describe("the list as a whole", () => {
  it("searches with /, before the search of the whole house hears it", () => {
    const heard = vi.fn();
    document.addEventListener("keydown", heard);
    press("/");
    document.removeEventListener("keydown", heard);
    expect(document.activeElement).toBe(one("[data-list-search]"));
    expect(heard).not.toHaveBeenCalled();
  });

  it("downloads with e and shows its keys with ?", () => {
    const sheets = clicks("[data-export]");
    press("e");
    press("?");
    expect(sheets).toEqual(["#sheet"]);
    expect(one<HTMLDialogElement>("[data-keys-dialog]").open).toBe(true);
  });

  it("shows its buttons that need script, and starts anew after a swap", async () => {
    expect([one("[data-keys]").hidden, one("[data-none]").hidden]).toEqual([false, false]);
    press("j");
    press("x");
    one("tbody").innerHTML = row(9);
    lines()[0]!.scrollIntoView = () => undefined;
    one("tbody").dispatchEvent(new Event("htmx:afterSwap", { bubbles: true }));
    expect(one("[data-bulk]").hidden).toBe(true);
    press("j");
    expect(current()).toBe(1);
  });
});

describe("the panel", () => {
  it("leads to the whole page that is shown in it", () => {
    one("[data-content]").innerHTML = "<p>Anna</p>";
    const detail = { pathInfo: { requestPath: "/office/enrolments/7/" } };
    one("[data-content]").dispatchEvent(new CustomEvent("htmx:afterSwap", { bubbles: true, detail }));
    expect(one<HTMLAnchorElement>("[data-whole]").getAttribute("href")).toBe("/office/enrolments/7/");
    expect(one<HTMLDialogElement>("dialog.panel").open).toBe(true);
    one("[data-close]").click();
    expect(one("[data-content]").childElementCount).toBe(0);
  });
});
