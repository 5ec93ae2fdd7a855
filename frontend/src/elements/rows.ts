/**
 * `<lh-rows>` around a table: j and k (or arrows) walk the rows, Enter opens the row's first link, x ticks its box.
 * A box with `data-all` ticks all; `[data-picked]` shows how many; `[data-bulk]` is shown while one is ticked.
 */
export class LhRows extends HTMLElement {
  private at = -1;

  connectedCallback(): void {
    document.addEventListener("keydown", this.onKey);
    this.addEventListener("change", this.onChange);
    queueMicrotask(() => this.count());
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.onKey);
    this.removeEventListener("change", this.onChange);
  }

  private get rows(): HTMLTableRowElement[] {
    return [...this.querySelectorAll<HTMLTableRowElement>("tbody tr")];
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (target.matches("input:not([type='checkbox']), textarea, select, [contenteditable]")) return;
    if (event.key === "j") this.go(this.at + 1, event);
    else if (event.key === "k") this.go(this.at - 1, event);
    else if (event.key === "Enter" && !target.closest("a, button, summary")) this.row?.querySelector("a")?.click();
    else if (event.key === "x") this.row?.querySelector<HTMLInputElement>("input[type='checkbox']")?.click();
  };

  private get row(): HTMLTableRowElement | undefined {
    return this.rows[this.at];
  }

  private go(to: number, event: KeyboardEvent): void {
    const rows = this.rows;
    if (rows.length === 0) return;
    event.preventDefault();
    this.row?.removeAttribute("aria-current");
    this.at = Math.max(0, Math.min(rows.length - 1, to));
    this.row?.setAttribute("aria-current", "true");
    (this.row?.querySelector<HTMLElement>("a, input") ?? this.row)?.focus();
    this.row?.scrollIntoView({ block: "nearest" });
  }

  private readonly onChange = (event: Event): void => {
    const box = event.target as HTMLInputElement;
    if (box.matches("[data-all]")) for (const one of this.boxes) one.checked = box.checked;
    this.count();
  };

  private get boxes(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>("tbody input[type='checkbox'][name]")];
  }

  private count(): void {
    const picked = this.boxes.filter((box) => box.checked).length;
    for (const place of this.querySelectorAll("[data-picked]")) place.textContent = String(picked);
    for (const bar of this.querySelectorAll<HTMLElement>("[data-bulk]")) bar.hidden = picked === 0;
    const all = this.querySelector<HTMLInputElement>("[data-all]");
    if (!all) return;
    all.checked = picked > 0 && picked === this.boxes.length;
    all.indeterminate = picked > 0 && !all.checked;
  }
}
