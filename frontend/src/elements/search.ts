import { isSilenced } from "../keys";

/**
 * `<lh-search>` around the one search box: Ctrl-K, ⌘K, or / where the page has no search of its own, opens its dialog.
 * What is typed is asked by htmx; arrows walk over what was found, Enter opens it. Nothing is kept: a closed dialog is
 * empty. Without this code the box is a form that leads to the same answers as a page.
 */
export class LhSearch extends HTMLElement {
  connectedCallback(): void {
    document.addEventListener("keydown", this.onKey);
    this.addEventListener("click", this.onClick);
    this.addEventListener("input", this.onInput);
    this.addEventListener("submit", this.onSubmit);
    this.addEventListener("close", this.onClose, true);
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.onKey);
  }

  private get dialog(): HTMLDialogElement | null {
    return this.querySelector("dialog");
  }

  private get ask(): HTMLInputElement | null {
    return this.querySelector("[data-ask]");
  }

  private get bar(): HTMLInputElement | null {
    return this.querySelector("[data-bar]");
  }

  private get found(): HTMLAnchorElement[] {
    return [...this.querySelectorAll<HTMLAnchorElement>("[data-hits] a[href]")];
  }

  private open(text: string): void {
    if (!this.dialog || !this.ask) return;
    if (!this.dialog.open) {
      this.dialog.showModal();
      this.ask.value = text;
      this.ask.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.ask.focus();
    this.ask.setSelectionRange(text.length, text.length);
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return;
    if (this.dialog?.open) return this.walk(event);
    const typing = (event.target as HTMLElement).matches("input, textarea, select, [contenteditable]");
    const letter = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
    const slash = event.key === "/" && !isSilenced(event) && !typing && !document.querySelector("main input[type=search]");
    if (!(letter || slash) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    this.open(this.bar?.value ?? "");
  };

  private walk(event: KeyboardEvent): void {
    const found = this.found;
    const at = found.indexOf(document.activeElement as HTMLAnchorElement);
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step) {
      event.preventDefault();
      const next = at < 0 && step < 0 ? found.length - 1 : at + step;
      (found[next] ?? this.ask)?.focus();
    } else if (at >= 0 && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      this.ask?.focus(); // who types on goes on asking
    }
  }

  private readonly onInput = (event: Event): void => {
    const bar = this.bar;
    if (event.target !== bar || !bar) return;
    const typed = bar.value;
    bar.value = bar.defaultValue;
    this.open(typed);
  };

  private readonly onClick = (event: Event): void => {
    const target = event.target as Element;
    if (target === this.bar) this.open(this.bar?.value ?? "");
    if (target.closest("[data-close]") || target === this.dialog) this.dialog?.close();
  };

  /** Enter opens the first of what was found, once that answers what is typed; before, it leads to the page. */
  private readonly onSubmit = (event: Event): void => {
    const answered = this.querySelector<HTMLElement>("[data-hits-for]")?.dataset.hitsFor;
    const first = this.found[0];
    if (!this.dialog?.open || !first || answered !== this.ask?.value.trim().replace(/\s+/g, " ")) return;
    event.preventDefault();
    first.click();
  };

  private readonly onClose = (): void => {
    this.querySelector("[data-hits]")?.replaceChildren();
    if (this.ask) this.ask.value = "";
  };
}
