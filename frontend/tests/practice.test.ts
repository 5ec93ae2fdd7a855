import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LhHotspot } from "../src/elements/hotspot";
import { LhOrder } from "../src/elements/order";

beforeAll(() => {
  customElements.define("lh-order", LhOrder);
  customElements.define("lh-hotspot", LhHotspot);
});
afterEach(() => document.body.replaceChildren());

describe("lh-order", () => {
  const line = (key: string, place: number): string =>
    `<li><input type="hidden" name="order" value="${key}"><span class="option-key">${place}</span>
    <button type="submit" name="move" value="${key}:up" id="up-${key}"></button>
    <button type="submit" name="move" value="${key}:down" id="down-${key}"></button></li>`;
  const order = (): string[] =>
    [...document.querySelectorAll<HTMLInputElement>('input[name="order"]')].map((each) => each.value);

  beforeEach(() => {
    const lines = ["a", "b", "c"].map((key, place) => line(key, place + 1)).join("");
    document.body.innerHTML = `<form><lh-order><ol>${lines}</ol><template data-said>Now in place</template></lh-order></form>`;
  });

  it("moves a line at once, numbers anew and says where it is", () => {
    const button = document.getElementById("up-c")!;
    button.click();
    expect(order()).toEqual(["a", "c", "b"]);
    expect([...document.querySelectorAll(".option-key")].map((each) => each.textContent)).toEqual(["1", "2", "3"]);
    expect(document.querySelector("[role=status]")!.textContent).toBe("Now in place 2");
    expect(document.activeElement).toBe(button);
  });

  it("leaves the first line first and the last one last", () => {
    document.getElementById("up-a")!.click();
    document.getElementById("down-c")!.click();
    expect(order()).toEqual(["a", "b", "c"]);
  });

  it("sends nothing", () => {
    const event = new MouseEvent("click", { bubbles: true, cancelable: true });
    document.getElementById("down-a")!.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(true);
  });
});

describe("lh-hotspot", () => {
  const press = (key: string, at: string): boolean =>
    document.querySelector(`[data-cell=${at}]`)!.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  const cell = (): HTMLInputElement => document.querySelector("input[data-cell]") as HTMLInputElement;
  const pin = (): HTMLElement => document.querySelector(".spot-pin") as HTMLElement;

  beforeEach(() => {
    document.body.innerHTML = `<lh-hotspot><svg><g data-for="area-a"><rect id="r"></rect></g></svg>
      <label><input type="radio" name="place" value="A1" data-cell="A1"></label><span class="spot-pin" hidden></span>
      </lh-hotspot><input type="radio" id="area-a">`;
    const spot = document.querySelector("lh-hotspot") as HTMLElement;
    spot.getBoundingClientRect = () => ({ left: 10, top: 20, width: 200, height: 100 }) as DOMRect;
  });

  it("sends the point that was pointed at", () => {
    const click = new MouseEvent("click", { bubbles: true, detail: 1, clientX: 60, clientY: 45 });
    cell().dispatchEvent(click);
    cell().dispatchEvent(new Event("change", { bubbles: true }));
    expect(cell().checked).toBe(true);
    expect(cell().value).toBe("25.0,25.0");
    expect([pin().hidden, pin().style.left]).toEqual([false, "25.0%"]);
  });

  it("sends the cell that was chosen with a key", () => {
    cell().dispatchEvent(new MouseEvent("click", { bubbles: true, detail: 0 }));
    cell().dispatchEvent(new Event("change", { bubbles: true }));
    expect(cell().value).toBe("A1");
    expect(pin().hidden).toBe(true);
  });

  it("goes to the row below and above with the arrows, and stays at the edge", () => {
    cell().closest("label")!.insertAdjacentHTML("afterend", '<label><input type="radio" name="place" value="A2" data-cell="A2"></label>');
    const chosen = (): string | undefined => document.querySelector<HTMLInputElement>("[name=place]:checked")?.value;
    expect([press("ArrowDown", "A1"), chosen(), document.activeElement?.getAttribute("data-cell")]).toEqual([false, "A2", "A2"]);
    expect([press("ArrowDown", "A2"), chosen()]).toEqual([false, "A2"]);
    expect([press("ArrowUp", "A2"), chosen()]).toEqual([false, "A1"]);
    expect(press("ArrowRight", "A1")).toBe(true);
  });

  it("chooses a drawn place by its name in the list", () => {
    document.getElementById("r")!.dispatchEvent(new MouseEvent("click", { bubbles: true, detail: 1 }));
    expect((document.getElementById("area-a") as HTMLInputElement).checked).toBe(true);
  });
});
