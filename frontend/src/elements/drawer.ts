/**
 * `<lh-drawer>` around a button (`data-toggle`, `aria-controls`) and what it shows: sets `open`, keeps
 * `aria-expanded` true, closes on Escape, on a click outside and when a link in it is followed.
 * `<lh-filters>` is the same without closing by itself. Without script all is shown.
 */
export class LhDrawer extends HTMLElement {
  protected readonly closesItself: boolean = true;

  connectedCallback(): void {
    this.setAttribute("ready", "");
    queueMicrotask(() => this.show(this.open));
    this.addEventListener("click", this.onClick);
    document.addEventListener("click", this.onElsewhere);
    document.addEventListener("keydown", this.onKey);
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.onClick);
    document.removeEventListener("click", this.onElsewhere);
    document.removeEventListener("keydown", this.onKey);
  }

  get open(): boolean {
    return this.hasAttribute("open");
  }

  show(open: boolean): void {
    this.toggleAttribute("open", open);
    this.button?.setAttribute("aria-expanded", String(open));
  }

  private get button(): HTMLElement | null {
    return this.querySelector<HTMLElement>("[data-toggle]");
  }

  private readonly onClick = (event: Event): void => {
    if ((event.target as Element).closest("[data-toggle]")) this.show(!this.open);
  };

  private readonly onElsewhere = (event: Event): void => {
    if (!this.closesItself || !this.open) return;
    const target = event.target as Element;
    const shown = document.getElementById(this.button?.getAttribute("aria-controls") ?? "");
    if (!target.closest("[data-toggle]") && !shown?.contains(target)) this.show(false);
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !this.open || !this.closesItself) return;
    this.show(false);
    this.button?.focus();
  };
}

export class LhFilters extends LhDrawer {
  protected override readonly closesItself = false;
}
