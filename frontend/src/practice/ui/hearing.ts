// What the browser tells the app while it is open.
import type { InstallOffer } from "./later";

export interface Heard {
  online: () => void;
  offline: () => void;
  /** The page comes into sight, or leaves it. */
  seen: () => void;
  /** The button of the browser that goes back, or forward. */
  back: () => void;
  offer: (offer: InstallOffer) => void;
}

/** Hear it, until what is returned is called. */
export function hear({ online, offline, seen, back, offer }: Heard): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const onOffer = (event: Event): void => {
    event.preventDefault();
    offer(event as InstallOffer);
  };
  window.addEventListener("online", online, { signal });
  window.addEventListener("offline", offline, { signal });
  document.addEventListener("visibilitychange", seen, { signal });
  window.addEventListener("popstate", back, { signal });
  window.addEventListener("beforeinstallprompt", onOffer, { signal });
  return () => stop.abort();
}
