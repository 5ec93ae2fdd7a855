import { beforeAll, expect, test } from "vitest";
import { freshKey, startOnce } from "../src/once";

beforeAll(startOnce);

function send(form: HTMLFormElement): boolean {
  return form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
}

function form(method: string): HTMLFormElement {
  document.body.innerHTML = `<form method="${method}"><input name="request_key" value="first"></form>`;
  return document.querySelector("form")!;
}

test("a form under way is not sent again, until the page is shown anew", () => {
  const shown = form("post");
  expect([send(shown), send(shown)]).toEqual([true, false]);
  window.dispatchEvent(new Event("pageshow"));
  expect(send(shown)).toBe(true);
});

test("a search may be sent as often as one likes", () => {
  const shown = form("get");
  expect([send(shown), send(shown)]).toEqual([true, true]);
});

test("a request of htmx without a form carries a key, one with a form has it already", () => {
  const ask = (verb: string, parameters: object): Record<string, string> => {
    const headers = {};
    document.dispatchEvent(new CustomEvent("htmx:configRequest", { detail: { verb, parameters, headers } }));
    return headers;
  };
  expect(Object.keys(ask("post", {}))).toEqual(["Idempotency-Key"]);
  expect(ask("post", { request_key: "x" })).toEqual({});
  expect(ask("get", {})).toEqual({});
});

test("a form that stays gets a fresh key after it was answered, and keeps it after a failure", () => {
  const field = form("post").querySelector("input")!;
  const answered = (successful: boolean): boolean =>
    field.dispatchEvent(new CustomEvent("htmx:afterRequest", { bubbles: true, detail: { successful } }));
  answered(false);
  expect(field.value).toBe("first");
  answered(true);
  expect(field.value).toMatch(/^[0-9a-f]{32}$/);
});

test("keys differ", () => expect(freshKey()).not.toBe(freshKey()));
