// The page of the app without a connection, of one version at a time.
import type { Extendable, Fetching, Scope } from "./scope";

const SHELLS = "leerhuis-practice-shell-";
const PATIENCE = 300; // milliseconds in which the page may come from the server, when it is here already
const VERSION = "X-Shell-Version";

export function startShell(scope: Scope): void {
  const { version, page, language, kept_from: keptFrom, files, fresh } = scope.SHELL;
  const name = SHELLS + version;
  const known = new Set(files);
  const changing = new Set(fresh);

  scope.addEventListener("install", (event) => (event as Extendable).waitUntil(keep()));
  scope.addEventListener("activate", (event) => (event as Extendable).waitUntil(tidy()));
  scope.addEventListener("message", (event) => {
    if ((event as MessageEvent).data === "take-over") void scope.skipWaiting();
  });
  scope.addEventListener("fetch", (event) => {
    const { request, respondWith } = event as Fetching;
    const address = new URL(request.url);
    if (request.method !== "GET" || address.origin !== location.origin) return;
    const answer = respondWith.bind(event);
    if (request.mode === "navigate") {
      if (address.pathname === page) answer(opened());
      else answer(fetch(request).catch(() => opened())); // another page of practice, without a connection
    } else if (known.has(address.pathname)) answer(kept(address.pathname));
    else if (changing.has(address.pathname)) answer(renewed(request, address.pathname));
  });

  /** Fetch all that belongs to this version; if one thing is missing, the version before it stays. */
  async function keep(): Promise<void> {
    const cache = await caches.open(name);
    const all = [...files, ...fresh].map(async (file) => {
      const answer = await fetch(file, { cache: changing.has(file) ? "no-cache" : "default" });
      if (!answer.ok) throw new Error(`${file} ${answer.status}`);
      await cache.put(file, answer);
    });
    await Promise.all(all);
    const shell = await fetch(keptFrom, { cache: "no-store", redirect: "error" });
    if (!shell.ok || shell.headers.get(VERSION) !== version) throw new Error("The page is of another version.");
    await cache.put(page, shell);
  }

  async function tidy(): Promise<void> {
    const names = await caches.keys();
    await Promise.all(names.filter((each) => each.startsWith(SHELLS) && each !== name).map((each) => caches.delete(each)));
    await scope.clients.claim();
  }

  /** The page: as the server has it now when that comes soon and is of this version, else the one that is here. */
  async function opened(): Promise<Response> {
    const cache = await caches.open(name);
    const here = await cache.match(page);
    const asked = fetch(page, { cache: "no-store", redirect: "manual" }).then(async (answer) => {
      if (answer.ok && answer.headers.get(VERSION) === version) await cache.put(page, answer.clone());
      else if (answer.ok && answer.headers.has(VERSION)) void scope.registration.update().catch(() => undefined);
      return answer;
    });
    if (!here) return asked;
    // Another language comes with a worker of its own. Who is not signed in is sent on; a fault of the server is no page.
    const isMine = (answer: Response): boolean =>
      answer.type === "opaqueredirect" ||
      (answer.ok &&
        answer.headers.has(VERSION) &&
        (answer.headers.get(VERSION) === version || answer.headers.get("Content-Language") !== language));
    const soon = asked.then((answer) => (isMine(answer) ? answer : here)).catch(() => here);
    return Promise.race([soon, new Promise<Response>((done) => setTimeout(() => done(here), PATIENCE))]);
  }

  async function kept(path: string): Promise<Response> {
    const cache = await caches.open(name);
    return (await cache.match(path)) ?? fetch(path);
  }

  async function renewed(request: Request, path: string): Promise<Response> {
    const cache = await caches.open(name);
    const here = await cache.match(path);
    const asked = fetch(request).then(async (answer) => {
      if (answer.ok) await cache.put(path, answer.clone());
      return answer;
    });
    if (!here) return asked;
    asked.catch(() => undefined); // no connection; what is here will do
    return here; // what came anew is for the next time
  }
}
