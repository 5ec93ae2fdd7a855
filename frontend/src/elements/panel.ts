/**
 * `<lh-panel>` around `<dialog class="panel">`: opens when something is swapped into it (hx-target), closes on Escape,
 * `data-close` and a click beside it, gives the focus back and empties itself, so that no person's data stays in a
 * closed panel. `data-whole` leads to the page that is shown in it.
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

  private readonly onSwap = (event: Event): void => {
    const path = (event as CustomEvent<{ pathInfo?: { requestPath?: string } }>).detail?.pathInfo?.requestPath;
    for (const link of this.querySelectorAll<HTMLAnchorElement>("[data-whole]")) {
      if (path) link.href = path;
      link.hidden = !path;
    }
    if (!this.dialog || !this.content?.hasChildNodes()) return;
    this.dialog.scrollTop = 0;
    if (!this.dialog.open) this.dialog.showModal();
  };

  private readonly onClose = (): void => this.content?.replaceChildren();

  private readonly onClick = (event: Event): void => {
    const target = event.target as Element;
    if (target.closest("[data-close]") || target === this.dialog) this.dialog?.close();
  };
}
