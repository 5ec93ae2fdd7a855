const FIELD = "input:not([type='hidden']), select, textarea";

/**
 * `<lh-form>` around a form: after a refusal the focus goes to the first fault, and a form is sent once, however often
 * its button is pressed. `focus` puts the focus on the first field, where a page is one question. Without script the form works as it is.
 */
export class LhForm extends HTMLElement {
  private readonly restore = (): void => this.release();

  connectedCallback(): void {
    this.addEventListener("submit", this.onSubmit);
    window.addEventListener("pageshow", this.restore);
    document.addEventListener("htmx:afterRequest", this.restore);
    this.addEventListener("htmx:afterSwap", this.onSwap);
    queueMicrotask(() => {
      if (!this.focusFirstFault() && this.hasAttribute("focus")) this.querySelector<HTMLElement>(FIELD)?.focus();
    });
  }

  disconnectedCallback(): void {
    this.removeEventListener("submit", this.onSubmit);
    window.removeEventListener("pageshow", this.restore);
    document.removeEventListener("htmx:afterRequest", this.restore);
    this.removeEventListener("htmx:afterSwap", this.onSwap);
  }

  /** Puts the focus on the first field at fault, else on the summary of faults; tells whether there was one. */
  focusFirstFault(): boolean {
    const fault =
      this.querySelector<HTMLElement>('.is-invalid:not([type="hidden"]), [aria-invalid="true"]:not([type="hidden"])') ??
      this.querySelector<HTMLElement>("[data-faults]");
    if (!fault) return false;
    if (fault.matches("[data-faults]")) fault.tabIndex = -1;
    fault.focus();
    return true;
  }

  private readonly onSwap = (): void => void this.focusFirstFault();

  private readonly onSubmit = (event: Event): void => {
    const form = event.target as HTMLFormElement;
    if (form.dataset["sending"] !== undefined) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if (event.defaultPrevented && !form.matches("[hx-post], [hx-get], [hx-put]")) return;
    form.dataset["sending"] = "";
    for (const button of buttons(form)) button.setAttribute("aria-busy", "true");
  };

  private release(): void {
    for (const form of this.querySelectorAll("form")) {
      delete form.dataset["sending"];
      for (const button of buttons(form)) button.removeAttribute("aria-busy");
    }
  }
}

function buttons(form: HTMLFormElement): HTMLElement[] {
  return [...form.querySelectorAll<HTMLElement>('button:not([type="button"]), input[type="submit"]')];
}
