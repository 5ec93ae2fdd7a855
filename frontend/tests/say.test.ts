import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startSaying } from "../src/say";

beforeAll(startSaying);

function fail(kind: string, status = 0): void {
  const detail = { xhr: { status } };
  document.querySelector("form")!.dispatchEvent(new CustomEvent(kind, { bubbles: true, detail }));
}

const said = (): string => document.getElementById("messages")!.textContent;

describe("what the page says when a request fails", () => {
  beforeEach(() => {
    const words = ["offline", "trouble", "refused"].map((what) => `<template data-say="${what}">[${what}]</template>`);
    document.body.innerHTML = `<form></form><div id="messages"></div>${words.join("")}`;
  });

  it.each([
    ["htmx:sendError", 0, "[offline]"],
    ["htmx:timeout", 0, "[offline]"],
    ["htmx:responseError", 500, "[trouble]"],
    ["htmx:responseError", 429, "[trouble]"],
    ["htmx:responseError", 403, "[refused]"],
    ["htmx:responseError", 404, "[refused]"],
  ])("%s %i says %s", (kind, status, words) => {
    fail(kind, status);
    expect(said()).toBe(words);
  });

  it("says nothing where the page has no words for it", () => {
    for (const words of document.querySelectorAll("template")) words.remove();
    fail("htmx:sendError");
    expect(said()).toBe("");
  });

  it("marks what is busy and lets it go again", () => {
    fail("htmx:beforeRequest");
    expect(document.querySelector("form")!.getAttribute("aria-busy")).toBe("true");
    fail("htmx:afterRequest");
    expect(document.querySelector("form")!.hasAttribute("aria-busy")).toBe(false);
  });
});
