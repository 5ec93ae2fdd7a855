import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Scope } from "../src/worker/scope";
import { startShell } from "../src/worker/shell";

const PAGE = "/practice/app/";

/** A cache that holds the page of the app, as the worker kept it. */
const cache = new Map<string, Response>();
const drawer = {
  match: async (path: string) => cache.get(path)?.clone(),
  put: async (path: string, answer: Response) => void cache.set(path, answer),
};

/** What the worker gives for the page of the app, when the server answers so. */
async function opened(answer: Response | Promise<Response>): Promise<Response> {
  vi.stubGlobal("fetch", async () => answer);
  vi.stubGlobal("caches", { open: async () => drawer });
  const heard = new Map<string, (event: Event) => void>();
  startShell({
    SHELL: { version: "1", page: PAGE, language: "nl", kept_from: "/shell/", files: [], fresh: [] },
    addEventListener: (name: string, act: (event: Event) => void) => heard.set(name, act),
    registration: { update: async () => undefined },
  } as unknown as Scope);
  return new Promise((done) => {
    const request = { method: "GET", mode: "navigate", url: new URL(PAGE, location.href).href };
    heard.get("fetch")!({ request, respondWith: (given: Promise<Response>) => done(given) } as unknown as Event);
  });
}

const page = (version: string, words: string, language = "nl"): Response =>
  new Response(words, { headers: { "X-Shell-Version": version, "Content-Language": language } });

describe("the page of the app", () => {
  beforeEach(() => {
    cache.clear();
    cache.set(PAGE, page("1", "kept"));
  });
  afterEach(() => vi.unstubAllGlobals());

  it.each([500, 502, 503, 429, 404])("is the one that was kept when the server answers %s", async (status) => {
    const answer = await opened(new Response("fault", { status }));
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe("kept");
  });

  it("is the one that was kept when something else than the app answers", async () => {
    expect(await (await opened(new Response("wifi of a hotel"))).text()).toBe("kept");
  });

  it("is the one that was kept without a connection, and where the server is slow", async () => {
    expect(await (await opened(Promise.reject(new TypeError("away")))).text()).toBe("kept");
    expect(await (await opened(new Promise<Response>(() => undefined))).text()).toBe("kept");
  });

  it("is the one of the server where that is of this version, or in another language", async () => {
    expect(await (await opened(page("1", "new"))).text()).toBe("new");
    expect(await cache.get(PAGE)!.clone().text()).toBe("new");
    expect(await (await opened(page("2", "english", "en"))).text()).toBe("english");
  });

  it("is the one that was kept where the server has another version, until that came whole", async () => {
    expect(await (await opened(page("2", "newer"))).text()).toBe("kept");
  });

  it("gives way to the sign-in page for who is signed out", async () => {
    const away = { type: "opaqueredirect", ok: false, headers: new Headers() } as Response;
    expect((await opened(away)).type).toBe("opaqueredirect");
  });

  it("is what the server says where nothing is kept", async () => {
    cache.clear();
    expect((await opened(new Response("fault", { status: 503 }))).status).toBe(503);
  });
});
