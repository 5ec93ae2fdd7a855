// The worker that lets the app open without a connection, and a new version of it. A new one waits until no round is
// open; what waits to be sent lies in the store, which both versions know.
export interface Updates {
  /** A new version is ready; `take` lets it take over. */
  ready: (take: () => void) => void;
  /** The new version is in charge: load the page anew. */
  changed: () => void;
}

export async function startWorker(address: string, updates: Updates): Promise<ServiceWorkerRegistration | null> {
  if (!("serviceWorker" in navigator)) return null;
  const hadOne = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (hadOne) updates.changed();
  });
  try {
    const registration = await navigator.serviceWorker.register(address, { updateViaCache: "none" });
    const offer = (): void => {
      const { waiting } = registration;
      if (waiting && navigator.serviceWorker.controller) updates.ready(() => waiting.postMessage("take-over"));
    };
    registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", offer));
    offer();
    return registration;
  } catch {
    return null; // no connection, or a browser that allows none: the app works, but opens with a connection only
  }
}
