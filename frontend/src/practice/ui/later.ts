// What comes once one can begin: what draws a round, the rest of the page, and putting the app on a home screen.
/** What draws a round; where it could not be fetched it is asked for again the next time. */
export const drawing = (): Promise<unknown> => import("./rounds");

/** What browsers tell that can install an app. */
export interface InstallOffer extends Event {
  prompt(): Promise<void>;
}

/** Until the browser has nothing to do for who looks at the page; half a second at most. */
export function idle(): Promise<unknown> {
  return new Promise((done) => ("requestIdleCallback" in window ? requestIdleCallback(done, { timeout: 500 }) : setTimeout(done, 20)));
}
