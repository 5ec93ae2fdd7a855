import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { LhEditor } from "../src/elements/editor";
import { LhKeys } from "../src/elements/keys";
import { LhQuestion } from "../src/elements/question";
import { LhRows } from "../src/elements/rows";
import { LhSearch } from "../src/elements/search";
import { KEPT, isSilenced, letSingleKeys } from "../src/keys";

beforeAll(() => {
  customElements.define("lh-editor", LhEditor);
  customElements.define("lh-keys", LhKeys);
  customElements.define("lh-question", LhQuestion);
  customElements.define("lh-rows", LhRows);
  customElements.define("lh-search", LhSearch);
});
afterEach(() => {
  document.body.replaceChildren();
  localStorage.clear();
});

const one = <T extends HTMLElement>(selector: string): T => document.querySelector<T>(selector)!;

function press(key: string, held: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...held });
  document.body.dispatchEvent(event);
  return event;
}

describe("keys of one character", () => {
  it("are kept only when they are off", () => {
    letSingleKeys(true);
    expect(localStorage.length).toBe(0);
    letSingleKeys(false);
    expect(Object.keys(localStorage)).toEqual([KEPT]);
    letSingleKeys(true);
    expect(localStorage.length).toBe(0);
  });

  it("are told from keys with a name and keys that are held with another", () => {
    letSingleKeys(false);
    const silenced = (key: string, held: KeyboardEventInit = {}): boolean => isSilenced(new KeyboardEvent("keydown", { key, ...held }));
    expect(["j", "X", "/", "?", "1"].map((key) => silenced(key))).toEqual([true, true, true, true, true]);
    expect([silenced("Enter"), silenced("ArrowLeft"), silenced("k", { ctrlKey: true })]).toEqual([false, false, false]);
  });

  it("are obeyed by no element of a page while they are off", async () => {
    const clicked: string[] = [];
    document.body.innerHTML =
      "<lh-rows><input type='checkbox' data-all><a href='#e' data-export>x</a><dialog data-keys-dialog></dialog>" +
      "<table><tbody><tr><td><input type='checkbox' name='row'><a href='#1' data-open>1</a></td></tr></tbody></table></lh-rows>" +
      "<lh-editor><a href='#n' data-following>n</a><a href='#p' data-previous>p</a></lh-editor>" +
      "<lh-question><form><label class='option'><input type='radio' name='choice'></label></form></lh-question>" +
      "<lh-search><form><input data-bar></form><dialog><input data-ask></dialog></lh-search>";
    await Promise.resolve();
    for (const each of document.querySelectorAll("a, input")) {
      each.addEventListener("click", (event) => {
        event.preventDefault();
        clicked.push(each.outerHTML);
      });
    }
    letSingleKeys(false);
    const taken = [..."jkoxXae/?np123456789"].filter((key) => press(key).defaultPrevented);
    expect([taken, clicked, document.querySelector("dialog[open]")]).toEqual([[], [], null]);
    expect(press("k", { ctrlKey: true }).defaultPrevented).toBe(true);
  });
});

describe("lh-keys", () => {
  it("switches them off and on, in each place where the page has it", async () => {
    const part = "<lh-keys hidden><input type='checkbox'></lh-keys>";
    document.body.innerHTML = `${part}<dialog>${part}</dialog>`;
    await Promise.resolve();
    const [first, second] = document.querySelectorAll("input");
    expect([one("lh-keys").hidden, first!.checked, second!.checked]).toEqual([false, true, true]);
    first!.click();
    expect([localStorage.getItem(KEPT), second!.checked]).toEqual(["1", false]);
    second!.click();
    expect([localStorage.getItem(KEPT), first!.checked]).toEqual([null, true]);
  });
});
