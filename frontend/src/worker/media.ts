// Pictures, sounds and films that the app kept; whole ones in parts, as players ask for them (RFC 9110, 14.2).
import type { Fetching, Scope } from "./scope";

const KEPT = "leerhuis-practice-media-";
const ADDRESS = /^\/api\/v1\/practice\/banks\/[\w-]+\/media\//;

export function startMedia(scope: Scope): void {
  scope.addEventListener("fetch", (event) => {
    const { request } = event as Fetching;
    const address = new URL(request.url);
    if (request.method !== "GET" || address.origin !== location.origin || !ADDRESS.test(address.pathname)) return;
    if (request.headers.has("X-Keep")) return; // the app itself fetches it, to keep it
    (event as Fetching).respondWith(handed(request, address.pathname));
  });
}

async function handed(request: Request, path: string): Promise<Response> {
  for (const name of await caches.keys()) {
    if (!name.startsWith(KEPT)) continue;
    const here = await (await caches.open(name)).match(path);
    if (here) return part(here, request.headers.get("Range"));
  }
  return fetch(request);
}

/** The part that was asked for; the whole where none was, or one that cannot be read. */
export async function part(whole: Response, range: string | null): Promise<Response> {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(range ?? "");
  if (!asked || (!asked[1] && !asked[2])) return whole;
  const bytes = await whole.arrayBuffer();
  const size = bytes.byteLength;
  const begin = asked[1] ? Number(asked[1]) : Math.max(0, size - Number(asked[2]));
  const end = asked[1] && asked[2] ? Math.min(Number(asked[2]), size - 1) : size - 1;
  const headers = new Headers({ "Content-Type": whole.headers.get("Content-Type") ?? "application/octet-stream", "Accept-Ranges": "bytes" });
  if (begin > end || begin >= size) {
    headers.set("Content-Range", `bytes */${size}`);
    return new Response(null, { status: 416, headers });
  }
  headers.set("Content-Range", `bytes ${begin}-${end}/${size}`);
  return new Response(bytes.slice(begin, end + 1), { status: 206, headers });
}
