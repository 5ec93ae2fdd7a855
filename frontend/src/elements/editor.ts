import { isSilenced } from "../keys";

/**
 * `<lh-editor>` around the form of a question, or the links to its neighbours. Keys: Ctrl-Enter saves (`data-save`), with
 * Shift it goes on to the next (`data-save-next`); outside a field n and p, or the arrows, lead to the next question and
 * the one before (`data-following`, `data-previous`); Escape leaves a field. What was typed and not saved is not left
 * without a warning.
 */
const TYPING = "textarea, select, [contenteditable], input:not([type='checkbox'], [type='radio'])";
const CHOOSING = "input[type='radio'], summary, audio, video";
const STEPS: Record<string, string> = {
  n: "[data-following]",
  ArrowRight: "[data-following]",
  p: "[data-previous]",
  ArrowLeft: "[data-previous]",
};

export class LhEditor extends HTMLElement {
  private changed = false;

  connectedCallback(): void {
    document.addEventListener("keydown", this.onKey);
    window.addEventListener("beforeunload", this.onLeave);
    this.addEventListener("input", this.onInput);
    this.addEventListener("submit", this.onSubmit);
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.onKey);
    window.removeEventListener("beforeunload", this.onLeave);
    this.removeEventListener("input", this.onInput);
    this.removeEventListener("submit", this.onSubmit);
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.isComposing || event.repeat || event.altKey || document.querySelector("dialog[open]")) return;
    if (this.obey(event, event.target as HTMLElement)) event.preventDefault();
  };

  private obey(event: KeyboardEvent, target: HTMLElement): boolean {
    if (event.ctrlKey || event.metaKey) {
      if (event.key !== "Enter" || !this.contains(target)) return false;
      return (event.shiftKey && this.press("[data-save-next]")) || this.press("[data-save]");
    }
    if (event.key === "Escape" && this.contains(target) && target.matches(TYPING)) {
      target.blur();
      return true;
    }
    const step = STEPS[event.key];
    if (!step || event.shiftKey || isSilenced(event) || target.matches(TYPING)) return false;
    return !(event.key.startsWith("Arrow") && target.matches(CHOOSING)) && this.press(step);
  }

  private press(selector: string): boolean {
    const found = this.querySelector<HTMLElement>(selector);
    found?.click();
    return found !== null;
  }

  private readonly onInput = (): void => void (this.changed = true);

  private readonly onSubmit = (): void => void (this.changed = false);

  private readonly onLeave = (event: BeforeUnloadEvent): void => {
    if (this.changed) event.preventDefault();
  };
}
