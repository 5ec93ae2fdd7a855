/** `<lh-copy>` around a text (`data-text`) and a button: copies the text and says so in `data-done` on the button. */
export class LhCopy extends HTMLElement {
  connectedCallback(): void {
    queueMicrotask(() => {
      const button = this.querySelector("button");
      if (!button || !navigator.clipboard) return;
      button.hidden = false;
      button.addEventListener("click", () => void this.copy(button));
    });
  }

  async copy(button: HTMLButtonElement): Promise<void> {
    const source = this.querySelector<HTMLElement>("[data-text]");
    await navigator.clipboard.writeText((source?.dataset["text"] || source?.textContent || "").trim());
    const label = button.querySelector("[data-label]") ?? button;
    label.textContent = button.dataset["done"] ?? label.textContent;
  }
}
