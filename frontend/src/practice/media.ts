// Pictures, sounds and films for when there is no connection. The worker hands them out (worker/media.ts).
import { CACHES } from "./private";
import { isFull } from "./store";

/** The cache of one person. */
export function mediaCache(who: string): string {
  return `${CACHES}-media-${who}`;
}

/** Fetch what is not here yet, the first needed first, and drop what is no longer needed. False when the device is full. */
export async function keepMedia(who: string, addresses: string[]): Promise<boolean> {
  if (!("caches" in window)) return true;
  const cache = await caches.open(mediaCache(who));
  const here = new Map((await cache.keys()).map((each) => [new URL(each.url).pathname, each]));
  for (const [path, request] of here) if (!addresses.includes(path)) await cache.delete(request);
  for (const address of addresses.filter((each) => !here.has(each))) {
    try {
      const answer = await fetch(address, { credentials: "same-origin", headers: { "X-Keep": "1" } });
      if (answer.ok && answer.status === 200) await cache.put(address, answer);
    } catch (fault) {
      return !isFull(fault); // no connection: the rest comes next time
    }
  }
  return true;
}

/** Let go of all of it: it can be fetched again, answers cannot. */
export async function dropMedia(): Promise<boolean> {
  const names = "caches" in window ? await caches.keys() : [];
  const media = names.filter((name) => name.startsWith(`${CACHES}-media-`));
  await Promise.all(media.map((name) => caches.delete(name)));
  return media.length > 0;
}
