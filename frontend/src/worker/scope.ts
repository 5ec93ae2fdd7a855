// What a service worker has; the types of the DOM and those of a worker cannot be had in one project.
export interface Extendable extends Event {
  waitUntil(promise: Promise<unknown>): void;
}

export interface Fetching extends Extendable {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}

/** What the server put before this file (portal/views/app.py): a version, and what belongs to it. */
export interface Shell {
  version: string;
  page: string;
  language: string;
  /** Where the page is fetched from to be kept: its language stands in the address. */
  kept_from: string;
  /** Files whose address changes with their content. */
  files: string[];
  /** Files that may change at their address: asked for each time, kept for when there is no connection. */
  fresh: string[];
}

export interface Scope extends EventTarget {
  SHELL: Shell;
  registration: ServiceWorkerRegistration;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
}
