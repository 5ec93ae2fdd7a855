// Asking the academy: the API of practice and the page of the app, with the cookie of the sign-in and the mark of a page.
import { isAbout } from "./forms";
import type { About } from "./forms";

const PATIENCE = 20_000; // milliseconds
const BEGIN = "/api/v1/practice/";
const FORBIDDEN = 403;

/** Why a call brought nothing. `away`: try again later; `out`: nobody is signed in; `refused`: not done, and why. */
export class Failed extends Error {
  constructor(
    readonly kind: "away" | "out" | "refused" | "unfit",
    readonly status = 0,
    readonly again = 0,
  ) {
    super(`${kind} ${status}`);
  }
}

export type Fetch = (address: string, options?: RequestInit) => Promise<Response>;

export class Calls {
  private mark = "";
  private who = "";

  constructor(
    private readonly aboutAddress: string,
    private readonly fetch: Fetch = (address, options) => window.fetch(address, options),
  ) {}

  /** Who is signed in now; with it comes a fresh mark for what is sent. */
  async about(): Promise<About> {
    const told = await this.json(this.aboutAddress, {}, isAbout);
    this.mark = told.mark;
    this.who ||= told.who;
    return told;
  }

  get<T>(path: string, fits: (value: unknown) => value is T): Promise<T> {
    return this.json(BEGIN + path, {}, fits);
  }

  post<T>(path: string, body: unknown, fits: (value: unknown) => value is T): Promise<T> {
    return this.json(BEGIN + path, this.sending("POST", body), fits);
  }

  /** Send something to which there is no answer but yes. */
  async tell(path: string, body: unknown): Promise<void> {
    await this.answer(BEGIN + path, this.sending("POST", body));
  }

  async put(path: string, body: unknown): Promise<void> {
    await this.answer(BEGIN + path, this.sending("PUT", body));
  }

  async remove(path: string): Promise<void> {
    await this.answer(BEGIN + path, { method: "DELETE" });
  }

  private sending(method: string, body: unknown): RequestInit {
    return { method, body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  }

  private async json<T>(address: string, options: RequestInit, fits: (value: unknown) => value is T): Promise<T> {
    const answer = await this.answer(address, options);
    let told: unknown;
    try {
      told = await answer.json();
    } catch (fault) {
      // Cut off in the middle, or no JSON at all: a hotel's sign-in page, say.
      throw new Failed(fault instanceof SyntaxError ? "unfit" : "away", answer.status);
    }
    if (!fits(told)) throw new Failed("unfit", answer.status);
    return told;
  }

  /** An answer that says yes. A mark that is no longer valid is asked for anew, once. */
  private async answer(address: string, options: RequestInit): Promise<Response> {
    if (options.method && !this.mark) await this.about();
    const answer = await this.ask(address, options);
    if (answer.status === FORBIDDEN && options.method) {
      // A mark belongs to a sign-in. Where another one has come, nothing is sent again in its name.
      if ((await this.about()).who !== this.who) throw new Failed("out", answer.status);
      return checked(await this.ask(address, options));
    }
    return checked(answer);
  }

  private async ask(address: string, options: RequestInit): Promise<Response> {
    const headers = { Accept: "application/json", ...(options.method && { "X-CSRFToken": this.mark }), ...options.headers };
    const patience = AbortSignal.timeout(PATIENCE);
    try {
      return await this.fetch(address, { ...options, headers, redirect: "manual", credentials: "same-origin", signal: patience });
    } catch {
      throw new Failed("away");
    }
  }
}

function checked(answer: Response): Response {
  // A page sends who is not signed in elsewhere; a call says 401.
  if (answer.status === 401 || answer.status === 410 || answer.type === "opaqueredirect") throw new Failed("out", answer.status);
  if (answer.ok) return answer;
  const again = Number(answer.headers.get("Retry-After")) || 0;
  const later = answer.status >= 500 || answer.status === 429 || answer.status === 408;
  throw new Failed(later ? "away" : "refused", answer.status, again);
}
