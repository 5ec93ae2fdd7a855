/**
 * `<lh-toast>` around one message: goes away after `seconds` (default 8; 0 = stays), but never while it is pointed at
 * or holds the focus. A button with `data-close` closes it.
 */
export class LhToast extends HTMLElement {
  private timer = 0;

  connectedCallback(): void {
    this.addEventListener("click", this.onClick);
    for (const stop of ["pointerenter", "focusin"]) this.addEventListener(stop, this.hold);
    for (const go of ["pointerleave", "focusout"]) this.addEventListener(go, this.run);
    this.run();
  }

  disconnectedCallback(): void {
    this.hold();
  }

  private readonly run = (): void => {
    this.hold();
    const seconds = Number(this.getAttribute("seconds") ?? "8");
    if (seconds > 0) this.timer = window.setTimeout(() => this.remove(), seconds * 1000);
  };

  private readonly hold = (): void => window.clearTimeout(this.timer);

  private readonly onClick = (event: Event): void => {
    if ((event.target as Element).closest("[data-close]")) this.remove();
  };
}
