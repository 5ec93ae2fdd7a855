/** `<lh-search>` around the one search box: Ctrl-K (or ⌘K, or /) goes to it from anywhere. */
export class LhSearch extends HTMLElement {
  connectedCallback(): void {
    document.addEventListener("keydown", this.onKey);
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.onKey);
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const typing = (event.target as HTMLElement).matches("input, textarea, select, [contenteditable]");
    const called = ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") || (event.key === "/" && !typing);
    const input = this.querySelector<HTMLInputElement>("input");
    if (!called || !input) return;
    event.preventDefault();
    input.focus();
    input.select();
  };
}
