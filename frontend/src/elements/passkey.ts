/**
 * `<lh-passkey>` around a form with a hidden field `credential`: its button has the browser make (`make`) or use a
 * passkey with the options of the JSON inside the element, or of the address in `options`; then the form is sent.
 */
export class LhPasskey extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("submit", this.onSubmit);
  }

  disconnectedCallback(): void {
    this.removeEventListener("submit", this.onSubmit);
  }

  private readonly onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.ceremony(event.target as HTMLFormElement);
  };

  private async ceremony(form: HTMLFormElement): Promise<void> {
    if (form.dataset["sending"] !== undefined) return;
    if (!("credentials" in navigator) || !("PublicKeyCredential" in window)) return this.say("missing");
    form.dataset["sending"] = "";
    try {
      const asked = await this.options();
      const answer = this.hasAttribute("make")
        ? await navigator.credentials.create({ publicKey: toMake(asked) })
        : await navigator.credentials.get({ publicKey: toUse(asked) });
      const field = form.elements.namedItem("credential") as HTMLInputElement;
      field.value = JSON.stringify(asJson(answer as PublicKeyCredential));
      form.submit();
    } catch {
      delete form.dataset["sending"];
      this.say("stopped");
    }
  }

  private async options(): Promise<Json> {
    const address = this.getAttribute("options");
    const inside = this.querySelector('script[type="application/json"]')?.textContent;
    const found = address
      ? ((await (await fetch(address, { headers: { Accept: "application/json" } })).json()) as Json)
      : (JSON.parse(inside ?? "{}") as Json);
    const outer = (found["request_options"] ?? found["creation_options"]) as Json;
    return outer["publicKey"] as Json;
  }

  private say(what: "stopped" | "missing"): void {
    const place = this.querySelector<HTMLElement>("[data-said]");
    if (!place) return;
    place.textContent = this.dataset[what] ?? "";
    place.hidden = false;
  }
}

type Json = Record<string, unknown>;

/** Options for a new passkey, that the device keeps by itself where it can, so that it works without an address. */
export function toMake(options: Json): PublicKeyCredentialCreationOptions {
  const person = options["user"] as Json;
  return {
    ...options,
    challenge: bytes(options["challenge"]),
    user: { ...person, id: bytes(person["id"]) },
    excludeCredentials: known(options["excludeCredentials"]),
    authenticatorSelection: {
      ...(options["authenticatorSelection"] as object),
      residentKey: "preferred",
      requireResidentKey: false,
    },
  } as unknown as PublicKeyCredentialCreationOptions;
}

export function toUse(options: Json): PublicKeyCredentialRequestOptions {
  return {
    ...options,
    challenge: bytes(options["challenge"]),
    allowCredentials: known(options["allowCredentials"]),
  } as unknown as PublicKeyCredentialRequestOptions;
}

function known(credentials: unknown): object[] {
  return ((credentials ?? []) as Json[]).map((one) => ({ ...one, id: bytes(one["id"]) }));
}

/** What the server reads: the answer with its bytes as base64url. */
export function asJson(credential: PublicKeyCredential): Json {
  const said = credential.response as unknown as Record<string, unknown>;
  const response: Json = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (said[name] instanceof ArrayBuffer) response[name] = text(said[name]);
  if ("getTransports" in said)
    response["transports"] = (credential.response as AuthenticatorAttestationResponse).getTransports();
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

export function bytes(value: unknown): ArrayBuffer {
  const plain = atob(String(value).replace(/-/g, "+").replace(/_/g, "/"));
  const found = new Uint8Array(new ArrayBuffer(plain.length));
  for (let place = 0; place < plain.length; place++) found[place] = plain.charCodeAt(place);
  return found.buffer;
}

export function text(value: ArrayBuffer): string {
  let plain = "";
  for (const one of new Uint8Array(value)) plain += String.fromCharCode(one);
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
