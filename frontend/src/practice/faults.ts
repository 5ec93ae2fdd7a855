// Telling the academy what fails in the app, where its person switched that on; see crash.ts for what is told.
import type { Report, Reporting } from "../crash";
import { Failed } from "./calls";
import type { Calls } from "./calls";

const isAllowed = (told: unknown): told is { allowed: boolean } =>
  typeof told === "object" && told !== null && typeof (told as { allowed?: unknown }).allowed === "boolean";

/** How the app reports: by its own calls. What the academy refuses is never asked again; without a connection it waits. */
export function byCalls(version: string, calls: Pick<Calls, "get" | "tell">): Reporting {
  return {
    version,
    allowed: async () => (await calls.get("faults", isAllowed)).allowed,
    send: async (report: Report) => {
      try {
        await calls.tell("faults", report);
        return true;
      } catch (fault) {
        return fault instanceof Failed && fault.kind !== "away";
      }
    },
  };
}
