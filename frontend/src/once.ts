/**
 * One effect per form: a form that is under way is not sent again, each request of htmx carries a key,
 * and a form that stays on the page gets a fresh one after it was answered (leerhuis/base/once.py).
 */
const FIELD = "request_key";
const DOUBLE_CLICK_MS = 3000;
const HEADER = "Idempotency-Key";

export function startOnce(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.method !== "post" || form.target) return;
    if (form.dataset.underWay) event.preventDefault();
    form.dataset.underWay = "yes";
    setTimeout(() => delete form.dataset.underWay, DOUBLE_CLICK_MS); // a form that answers with a file stays
  });
  // Back to a page that the browser kept as it was: its forms may be sent again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll<HTMLFormElement>("form[data-under-way]")) delete form.dataset.underWay;
  });
  document.addEventListener("htmx:configRequest", (event) => {
    const { verb, parameters, headers } = (event as CustomEvent<Request>).detail;
    if (verb !== "get" && !(FIELD in parameters)) headers[HEADER] = freshKey();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = (event.target as Element).closest("form");
    if (form) delete form.dataset.underWay;
    const field = form?.querySelector<HTMLInputElement>(`input[name="${FIELD}"]`);
    if (field && (event as CustomEvent<{ successful: boolean }>).detail.successful) field.value = freshKey();
  });
}

interface Request {
  verb: string;
  parameters: Record<string, unknown>;
  headers: Record<string, string>;
}

/** 128 random bits; crypto.randomUUID exists only over TLS, this everywhere. */
export function freshKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
