/**
 * Whether keys of one character do something: who dictates, or hits a key by accident, switches them off (WCAG 2.1.4).
 * The device remembers only that they are off; that is all there is to it, also for whoever signs in next.
 */
export const KEPT = "leerhuis-keys-off";

export function singleKeys(): boolean {
  try {
    return localStorage.getItem(KEPT) === null;
  } catch {
    return true; // a browser that keeps nothing
  }
}

export function letSingleKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, "1");
  } catch {
    // A browser that keeps nothing cannot remember this either.
  }
}

/** Whether a key is one of a single character, and such keys are off. */
export function isSilenced(event: KeyboardEvent): boolean {
  return event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && !singleKeys();
}
