import { letSingleKeys, singleKeys } from "../keys";

/** `<lh-keys hidden>` around a switch: whether keys of one character do something on this device. Hidden without script. */
export class LhKeys extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("change", this.onChange);
    document.addEventListener("lh:keys", this.show);
    queueMicrotask(this.show);
  }

  disconnectedCallback(): void {
    this.removeEventListener("change", this.onChange);
    document.removeEventListener("lh:keys", this.show);
  }

  private readonly show = (): void => {
    this.hidden = false;
    const box = this.querySelector("input");
    if (box) box.checked = singleKeys();
  };

  private readonly onChange = (event: Event): void => {
    letSingleKeys((event.target as HTMLInputElement).checked);
    document.dispatchEvent(new Event("lh:keys")); // a page may have the switch twice
  };
}
