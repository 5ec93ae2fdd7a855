/**
 * `<lh-panel>` around `<dialog class="panel">`: opens when something is swapped into it (hx-target), closes on Escape
 * and `data-close`, gives the focus back and empties itself, so that no person's data stays in a closed panel.
 */
export class LhPanel extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("htmx:afterSwap", this.onSwap);
    this.addEventListener("click", this.onClick);
    this.addEventListener("close", this.onClose, true);
  }

  private get dialog(): HTMLDialogElement | null {
    return this.querySelector("dialog");
  }

  private get content(): HTMLElement | null {
    return this.querySelector("[data-content]");
  }

  private readonly onSwap = (): void => {
    if (this.dialog && !this.dialog.open && this.content?.hasChildNodes()) this.dialog.showModal();
  };

  private readonly onClose = (): void => this.content?.replaceChildren();

  private readonly onClick = (event: Event): void => {
    const target = event.target as Element;
    if (target.closest("[data-close]") || target === this.dialog) this.dialog?.close();
  };
}
