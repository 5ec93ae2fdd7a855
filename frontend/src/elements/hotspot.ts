/**
 * `<lh-hotspot>` around a picture on which a place is asked. Without it a cell of the grid over the picture is chosen;
 * with it the very point that was pointed at goes along (in percents), and a pin stands there. The arrow keys still
 * choose cells, up and down to that in the row above or below. A point that was kept stands in `data-pin` ("25.0,40.5").
 * Where the places are drawn and have names, pointing at one chooses it in the list.
 */
export class LhHotspot extends HTMLElement {
  private pointing = false;

  connectedCallback(): void {
    this.addEventListener("click", this.onClick);
    this.addEventListener("change", this.onChange);
    this.addEventListener("keydown", this.onKey);
    const [x, y] = (this.dataset.pin ?? "").split(",");
    if (x && y) this.pin(x, y);
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.onClick);
    this.removeEventListener("change", this.onChange);
    this.removeEventListener("keydown", this.onKey);
  }

  private readonly onClick = (event: MouseEvent): void => {
    const target = event.target as Element;
    const drawn = target.closest<SVGElement>("[data-for]");
    if (drawn) {
      document.getElementById(drawn.dataset.for ?? "")?.click();
      return;
    }
    // A key press chooses a cell, and comes here as a click without a place.
    const cell = target.closest("label")?.querySelector<HTMLInputElement>("input");
    if (cell && event.detail > 0) this.point(cell, event);
  };

  private point(cell: HTMLInputElement, event: MouseEvent): void {
    const box = this.getBoundingClientRect();
    const percent = (part: number, whole: number): string => Math.min(100, Math.max(0, (100 * part) / whole)).toFixed(1);
    const x = percent(event.clientX - box.left, box.width);
    const y = percent(event.clientY - box.top, box.height);
    this.pointing = true; // the browser tells of the change only after this click
    window.setTimeout(() => (this.pointing = false));
    cell.checked = true;
    this.asCells();
    cell.value = `${x},${y}`;
    this.pin(x, y);
  }

  private readonly onChange = (): void => {
    if (this.pointing) return;
    this.asCells();
    const pin = this.querySelector<HTMLElement>(".spot-pin");
    if (pin) pin.hidden = true;
  };

  /** A browser takes "down" among radio buttons for "the next one", which stands to the right here. */
  private readonly onKey = (event: KeyboardEvent): void => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const { cell } = (event.target as HTMLElement).dataset;
    if (!by || !cell) return;
    event.preventDefault();
    const other = this.querySelector<HTMLInputElement>(`[data-cell="${cell.charAt(0)}${Number(cell.slice(1)) + by}"]`);
    other?.focus();
    other?.click();
  };

  private asCells(): void {
    this.querySelectorAll<HTMLInputElement>("input[data-cell]").forEach((each) => (each.value = each.dataset.cell ?? ""));
  }

  private pin(x: string, y: string): void {
    const pin = this.querySelector<HTMLElement>(".spot-pin");
    if (!pin) return;
    pin.style.left = `${x}%`;
    pin.style.top = `${y}%`;
    pin.hidden = false;
  }
}
