/**
 * `<lh-notify>` around a form with the fields `endpoint`, `key` and `auth`: its button asks the browser for a
 * subscription to notifications and sends it. Nothing is asked before that button was pressed. Which words are shown
 * stands in `data-said`; a subscription that is not among `data-known` (digests) has ended, and is let go of here.
 */
import { bytes, text } from "./passkey";

type Said = "on" | "missing" | "refused" | "failed";

export class LhNotify extends HTMLElement {
  connectedCallback(): void {
    queueMicrotask(() => void this.begin());
  }

  private get form(): HTMLFormElement | null {
    return this.querySelector("form");
  }

  private async begin(): Promise<void> {
    const form = this.form;
    if (!form || !canNotify()) return this.say("missing");
    if (Notification.permission === "denied") return this.say("refused");
    const registered = await this.worker();
    if (!registered) return this.say("missing");
    const kept = await registered.pushManager.getSubscription();
    if (kept && (await this.isKnown(kept.endpoint))) return this.say("on");
    await kept?.unsubscribe().catch(() => false);
    form.hidden = false;
    this.say(null);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      void this.subscribe(form, registered);
    });
  }

  /** The worker of the app; null where there is none, or the browser does not take it. */
  private async worker(): Promise<ServiceWorkerRegistration | null> {
    try {
      const options = { scope: this.dataset["scope"] ?? "/practice/" };
      const registered = await navigator.serviceWorker.register(this.dataset["worker"] ?? "/practice/worker.js", options);
      await ready(registered);
      return registered;
    } catch {
      return null;
    }
  }

  private async subscribe(form: HTMLFormElement, registered: ServiceWorkerRegistration): Promise<void> {
    if ((await Notification.requestPermission()) !== "granted") return this.say("refused");
    try {
      const kept = await registered.pushManager.subscribe({
        userVisibleOnly: true,
        applicationServerKey: bytes(this.dataset["key"] ?? ""),
      });
      fill(form, "endpoint", kept.endpoint);
      fill(form, "key", text(kept.getKey("p256dh") ?? new ArrayBuffer(0)));
      fill(form, "auth", text(kept.getKey("auth") ?? new ArrayBuffer(0)));
      form.submit();
    } catch {
      this.say("failed");
    }
  }

  private async isKnown(endpoint: string): Promise<boolean> {
    return (this.dataset["known"] ?? "").split(" ").includes(await digestOf(endpoint));
  }

  private say(what: Said | null): void {
    for (const each of this.querySelectorAll<HTMLElement>("[data-said]")) each.hidden = each.dataset["said"] !== what;
  }
}

export function canNotify(): boolean {
  return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
}

/** SHA-256 of an address, in hexadecimal: by this the server tells which subscriptions it keeps. */
export async function digestOf(endpoint: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A subscription needs a worker that is at work, and a fresh one takes a moment. */
async function ready(registered: ServiceWorkerRegistration): Promise<void> {
  const coming = registered.installing ?? registered.waiting;
  if (registered.active || !coming) return;
  await new Promise<void>((done) => {
    coming.addEventListener("statechange", () => {
      if (coming.state === "activated" || coming.state === "redundant") done();
    });
  });
}

function fill(form: HTMLFormElement, name: string, value: string): void {
  (form.elements.namedItem(name) as HTMLInputElement).value = value;
}
