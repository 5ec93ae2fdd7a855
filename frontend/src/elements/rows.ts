import { isSilenced } from "../keys";

/**
 * `<lh-rows>` around a list of the office. Keys: j and k walk the rows, Enter opens (`data-open`), o or Space opens
 * beside the list (`data-peek`), x ticks (Shift-x from the last ticked one), a ticks all or none, / searches
 * (`data-list-search`), e downloads (`data-export`), ? shows the keys (`data-keys-dialog`).
 * `[data-all]` ticks the page, `[data-all-fitting]` means every row that fits; `[data-picked]` counts, `[data-bulk]` is
 * shown while something is ticked, `[data-none]` clears. All of it can be done without keys, and without script.
 */
const TYPING = "input:not([type='checkbox']), textarea, select, [contenteditable]";
const WIDGET = "a, button, summary, input, select, textarea, label";

export class LhRows extends HTMLElement {
  private at = -1;
  private from = -1;

  connectedCallback(): void {
    document.addEventListener("keydown", this.onKey, true); // before the search of the whole house, which knows / too
    this.addEventListener("change", this.onChange);
    this.addEventListener("click", this.onClick);
    this.addEventListener("htmx:afterSwap", this.onSwap);
    queueMicrotask(() => this.begin());
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.onKey, true);
    this.removeEventListener("change", this.onChange);
    this.removeEventListener("click", this.onClick);
    this.removeEventListener("htmx:afterSwap", this.onSwap);
  }

  private get rows(): HTMLTableRowElement[] {
    return [...this.querySelectorAll<HTMLTableRowElement>("tbody tr")];
  }

  private get row(): HTMLTableRowElement | undefined {
    return this.rows[this.at];
  }

  private get boxes(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>("tbody input[type='checkbox'][name]")];
  }

  private begin(): void {
    for (const button of this.querySelectorAll<HTMLElement>("[data-keys], [data-none]")) button.hidden = false;
    this.count();
  }

  private readonly onSwap = (event: Event): void => {
    if (!this.contains(event.target as Node)) return;
    this.at = this.from = -1;
    this.begin();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    if (event.altKey || event.ctrlKey || event.metaKey || isSilenced(event) || target.matches(TYPING)) return;
    const panel = document.querySelector<HTMLDialogElement>("dialog.panel[open]");
    if (document.querySelector("dialog[open]") && !panel) return;
    if (panel && event.key !== "j" && event.key !== "k") return;
    if (!this.obey(event, target, panel !== null)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** Does what a key says; false when the key means nothing here. */
  private obey(event: KeyboardEvent, target: HTMLElement, beside: boolean): boolean {
    const step = { j: 1, k: -1 }[event.key];
    if (step !== undefined) return this.go(this.at + step, beside);
    switch (event.key) {
      case "Enter":
        return !target.closest("a, button, summary") && this.press(this.row, "[data-open], td a");
      case "o":
        return this.press(this.row, "[data-peek]");
      case " ":
        return (target === document.body || !target.closest("button, summary, input")) && this.press(this.row, "[data-peek]");
      case "x":
        return this.tick(false);
      case "X":
        return this.tick(true);
      case "a":
        return this.press(this, "[data-all]");
      case "e":
        return this.press(this, "[data-export]");
      case "/":
        return this.search();
      case "?":
        return this.help();
      default:
        return false;
    }
  }

  private go(to: number, beside: boolean): boolean {
    const rows = this.rows;
    if (rows.length === 0) return false;
    this.row?.removeAttribute("aria-current");
    this.at = Math.max(0, Math.min(rows.length - 1, to));
    this.row?.setAttribute("aria-current", "true");
    if (beside) return this.press(this.row, "[data-peek]");
    (this.row?.querySelector<HTMLElement>("[data-open]") ?? this.row?.querySelector<HTMLElement>("a, input"))?.focus({ preventScroll: true });
    this.row?.scrollIntoView({ block: "nearest" });
    return true;
  }

  private press(place: Element | undefined, selector: string): boolean {
    const found = place?.querySelector<HTMLElement>(selector);
    found?.click();
    return found !== null && found !== undefined;
  }

  private tick(range: boolean): boolean {
    const box = (row: Element | undefined): HTMLInputElement | null =>
      row?.querySelector<HTMLInputElement>("input[type='checkbox']") ?? null;
    const here = box(this.row);
    if (!here) return false;
    if (!range || this.from < 0) {
      here.click();
      this.from = this.at;
      return true;
    }
    const [first, last] = [Math.min(this.from, this.at), Math.max(this.from, this.at)];
    for (const row of this.rows.slice(first, last + 1)) {
      const one = box(row);
      if (one) one.checked = true;
    }
    this.from = this.at;
    this.count();
    return true;
  }

  private search(): boolean {
    const field = this.querySelector<HTMLInputElement>("[data-list-search]");
    const hidden = field?.closest<HTMLElement>("lh-filters:not([open])")?.querySelector<HTMLElement>("[data-toggle]");
    if (hidden && hidden.offsetParent !== null) hidden.click();
    field?.focus();
    field?.select();
    return field !== null;
  }

  private help(): boolean {
    const dialog = this.querySelector<HTMLDialogElement>("[data-keys-dialog]");
    dialog?.showModal();
    return dialog !== null;
  }

  private readonly onClick = (event: Event): void => {
    const target = event.target as Element;
    if (target.closest("[data-keys]")) this.help();
    if (target.closest("[data-none]")) this.mark(false);
    const row = target.closest<HTMLTableRowElement>("tbody tr");
    if (!row || !this.contains(row)) return;
    if (target.closest("[data-peek]") || target.closest("input")) this.at = this.rows.indexOf(row);
    if (target.closest("input")) this.range(event as MouseEvent);
    if (target.closest(WIDGET) || String(document.getSelection() ?? "")) return;
    this.press(row, "[data-peek]");
  };

  /** Shift and a click on a box ticks everything from the last one on, as in any list. */
  private range(event: MouseEvent): void {
    if (event.shiftKey && (event.target as HTMLInputElement).checked) this.tick(true);
    else this.from = this.at;
  }

  private readonly onChange = (event: Event): void => {
    const box = event.target as HTMLInputElement;
    if (box.matches("[data-all]")) this.mark(box.checked);
    else if (box.matches("[data-all-fitting]") && box.checked) this.mark(true);
    else if (box.matches("tbody input")) this.fitting(false);
    this.count();
  };

  private mark(on: boolean): void {
    for (const one of this.boxes) one.checked = on;
    if (!on) this.fitting(false);
    this.count();
  }

  private fitting(on: boolean): void {
    const all = this.querySelector<HTMLInputElement>("[data-all-fitting]");
    if (all) all.checked = on;
  }

  private count(): void {
    const boxes = this.boxes;
    for (const one of boxes) one.closest("tr")?.toggleAttribute("data-ticked", one.checked);
    const picked = boxes.filter((box) => box.checked).length;
    const fitting = this.querySelector<HTMLInputElement>("[data-all-fitting]");
    const total = fitting?.checked ? (fitting.dataset["total"] ?? String(picked)) : String(picked);
    for (const place of this.querySelectorAll("[data-picked]")) place.textContent = total;
    for (const bar of this.querySelectorAll<HTMLElement>("[data-bulk]")) bar.hidden = picked === 0;
    const all = this.querySelector<HTMLInputElement>("[data-all]");
    if (!all) return;
    all.checked = picked > 0 && picked === boxes.length;
    all.indeterminate = picked > 0 && !all.checked;
  }
}
