import { isSilenced } from "../keys";

const AFTER_SWAP = 80; // milliseconds: htmx has then scrolled to where its answer begins

/**
 * `<lh-question>` around the form of one practice question: keys 1–9 choose an option (or tick it, where more may be
 * right), Enter answers and then goes on. `instant` sends a single choice as soon as it is chosen.
 * After the answer has been swapped in, the explanation gets the focus, so that a screen reader reads it, and comes
 * into view.
 */
export class LhQuestion extends HTMLElement {
  connectedCallback(): void {
    document.addEventListener("keydown", this.onKey);
    this.addEventListener("change", this.onChange);
    queueMicrotask(() => this.settle());
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.onKey);
    this.removeEventListener("change", this.onChange);
  }

  /** Focus where the next thing happens: the explanation when answered, else an empty text field. */
  settle(): void {
    const place =
      this.querySelector<HTMLElement>("[data-explanation]") ??
      this.querySelector<HTMLElement>('input[type="text"], input[type="number"], input:not([type])');
    if (!place) return;
    const explained = place.matches("[data-explanation]");
    if (explained) place.tabIndex = -1;
    place.focus({ preventScroll: true });
    if (explained) window.setTimeout(() => show(place), AFTER_SWAP);
  }

  private get choices(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>('.option input[type="radio"], .option input[type="checkbox"]')];
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing || event.repeat) return;
    const target = event.target as HTMLElement;
    if (event.key === "Enter") this.onEnter(event, target);
    else if (/^[1-9]$/.test(event.key) && !isSilenced(event) && !isTyping(target)) this.choose(Number(event.key), event);
  };

  private choose(number: number, event: KeyboardEvent): void {
    const choice = this.choices[number - 1];
    if (!choice || choice.disabled) return;
    event.preventDefault();
    choice.focus();
    choice.click();
  }

  private onEnter(event: KeyboardEvent, target: HTMLElement): void {
    if (target.closest("a, button, summary, textarea, select")) return;
    const next = this.querySelector<HTMLElement>("[data-next]") ?? this.submitButton;
    if (!next || (next instanceof HTMLButtonElement && next.disabled)) return;
    event.preventDefault();
    next.click();
  }

  private readonly onChange = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    if (this.submitButton?.hasAttribute("data-until-chosen")) {
      this.submitButton.toggleAttribute("disabled", !this.choices.some((choice) => choice.checked));
    }
    if (this.hasAttribute("instant") && input.type === "radio") input.form?.requestSubmit();
  };

  private get submitButton(): HTMLButtonElement | null {
    // A button with a name does something else than answer: it moves a line, or judges an open answer.
    return this.querySelector<HTMLButtonElement>("form button:not([type='button'], [name])");
  }
}

function show(place: HTMLElement): void {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  place.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
}

function isTyping(target: HTMLElement): boolean {
  return target.matches('textarea, select, [contenteditable], input:not([type="radio"], [type="checkbox"])');
}
