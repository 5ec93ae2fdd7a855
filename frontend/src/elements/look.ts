/** `<lh-look preview="…">` around the form of the look: the page itself takes the colour and typeface being chosen. */
export class LhLook extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("input", this.onInput);
  }

  private readonly onInput = (): void => {
    const form = this.querySelector("form");
    const sheet = document.querySelector<HTMLLinkElement>("link[data-look-preview]");
    if (!form || !sheet) return;
    const chosen = new FormData(form);
    const asked = new URLSearchParams();
    for (const name of ["accent", "typeface"]) asked.set(name, String(chosen.get(name) ?? ""));
    sheet.href = `${this.getAttribute("preview")}?${asked}`;
  };
}
