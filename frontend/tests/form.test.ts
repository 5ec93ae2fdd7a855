import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { LhForm } from "../src/elements/form";

beforeAll(() => customElements.define("lh-form", LhForm));
afterEach(() => document.body.replaceChildren());

async function show(inner: string): Promise<LhForm> {
  document.body.innerHTML = `<lh-form><form action="#">${inner}<button>Send</button></form></lh-form>`;
  await Promise.resolve();
  return document.querySelector("lh-form") as LhForm;
}

function submit(): SubmitEvent {
  const event = new SubmitEvent("submit", { bubbles: true, cancelable: true });
  document.querySelector("form")!.dispatchEvent(event);
  return event;
}

describe("lh-form", () => {
  it("puts the focus on the first field at fault", async () => {
    await show('<input id="a"><input id="b" class="is-invalid"><input id="c" class="is-invalid">');
    expect(document.activeElement?.id).toBe("b");
  });

  it("puts the focus on the summary when no field is at fault", async () => {
    await show('<div data-faults id="sum">These two do not go together.</div><input id="a">');
    expect(document.activeElement?.id).toBe("sum");
  });

  it("leaves the focus alone when nothing is wrong", async () => {
    const form = await show('<input id="a">');
    expect(form.focusFirstFault()).toBe(false);
    expect(document.activeElement).toBe(document.body);
  });

  it("starts in the first field only where it is told to", async () => {
    document.body.innerHTML = '<lh-form focus><form><input type="hidden" id="h"><input id="code"></form></lh-form>';
    await Promise.resolve();
    expect(document.activeElement?.id).toBe("code");
  });

  it("looks for faults again when an answer has been swapped in", async () => {
    const form = await show('<input id="a">');
    form.querySelector("form")!.innerHTML = '<input id="a" aria-invalid="true">';
    form.dispatchEvent(new Event("htmx:afterSwap", { bubbles: true }));
    expect(document.activeElement?.id).toBe("a");
  });

  it("is sent once, however often its button is pressed", async () => {
    await show('<input id="a">');
    expect(submit().defaultPrevented).toBe(false);
    expect(document.querySelector("button")!.getAttribute("aria-busy")).toBe("true");
    expect(submit().defaultPrevented).toBe(true);
  });

  it("can be sent again after the browser came back to the page", async () => {
    await show('<input id="a">');
    submit();
    window.dispatchEvent(new Event("pageshow"));
    expect(document.querySelector("button")!.hasAttribute("aria-busy")).toBe(false);
    expect(submit().defaultPrevented).toBe(false);
  });
});
