/**
 * Says what went wrong with a request of htmx, with the ready-made words of the page
 * (`<template data-say=…>` in the base layout), and marks what is busy.
 */
export function startSaying(): void {
  document.addEventListener("htmx:sendError", () => say("offline"));
  document.addEventListener("htmx:timeout", () => say("offline"));
  document.addEventListener("htmx:responseError", (event) => {
    const status = (event as CustomEvent<{ xhr: { status: number } }>).detail.xhr.status;
    say(status >= 500 || status === 429 ? "trouble" : "refused");
  });
  document.addEventListener("htmx:beforeRequest", (event) => (event.target as Element).setAttribute("aria-busy", "true"));
  document.addEventListener("htmx:afterRequest", (event) => (event.target as Element).removeAttribute("aria-busy"));
}

function say(what: string): void {
  const words = document.querySelector<HTMLTemplateElement>(`template[data-say="${what}"]`);
  const place = document.getElementById("messages");
  if (words && place) place.append(words.content.cloneNode(true));
}
