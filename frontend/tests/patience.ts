import { vi } from "vitest";

const PATIENCE_MS = 10_000; // this machine may be busy

/** Wait until something holds or is there; fail with its last error when it never does. */
export const until = <T>(what: () => T | Promise<T>): Promise<T> => vi.waitFor(what, { timeout: PATIENCE_MS });
