import htmx from "htmx.org";

// htmx reads its settings from <meta name="htmx-config"> (no eval, no styles of its own, no page kept in the
// browser's storage). What remains: a fault in a request must be said, and the focus must not get lost.
export function startHtmx(): void {
  document.addEventListener("htmx:sendError", () => announce("offline"));
  document.addEventListener("htmx:timeout", () => announce("offline"));
  document.addEventListener("htmx:responseError", (event) => {
    const status = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail.xhr.status;
    announce(status >= 500 || status === 429 ? "trouble" : "refused");
  });
  document.addEventListener("htmx:beforeRequest", (event) => (event.target as Element).setAttribute("aria-busy", "true"));
  document.addEventListener("htmx:afterRequest", (event) => (event.target as Element).removeAttribute("aria-busy"));
}

/** Shows one of the ready-made messages of the page (`<template data-say=…>` in the base layout). */
export function announce(what: string): void {
  const source = document.querySelector<HTMLTemplateElement>(`template[data-say="${what}"]`);
  const place = document.getElementById("messages");
  if (source && place) place.append(source.content.cloneNode(true));
}

export { htmx };
