/**
 * `<lh-order>` around a list of lines to put in order, each with a button up and one down. Without it each move goes to
 * the server; with it the line moves at once, keeps the focus, and its new place is said.
 */
export class LhOrder extends HTMLElement {
  private readonly voice = document.createElement("p");

  connectedCallback(): void {
    this.voice.className = "visually-hidden";
    this.voice.setAttribute("role", "status");
    this.append(this.voice);
    this.addEventListener("click", this.onClick);
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.onClick);
    this.voice.remove();
  }

  private readonly onClick = (event: Event): void => {
    const button = (event.target as Element).closest<HTMLButtonElement>('button[name="move"]');
    const line = button?.closest("li");
    if (!button || !line) return;
    event.preventDefault();
    const up = button.value.endsWith(":up");
    const other = up ? line.previousElementSibling : line.nextElementSibling;
    if (up) other?.before(line);
    else other?.after(line);
    this.number();
    button.focus();
    this.say(line);
  };

  private number(): void {
    this.querySelectorAll("li .option-key").forEach((key, place) => (key.textContent = String(place + 1)));
  }

  private say(line: Element): void {
    const words = this.querySelector<HTMLTemplateElement>("template[data-said]")?.content.textContent?.trim() ?? "";
    this.voice.textContent = `${words} ${line.querySelector(".option-key")?.textContent ?? ""}`.trim();
  }
}
