/**
 * Faults of the app on this device: what failed is told to the academy when its person switched that on, and not
 * otherwise. At most five are kept until they can be told, in memory alone. The server takes out what could tell of a
 * person (practice/scrubbing.py); here nothing is added to what the browser says, and of the device only what is coarse.
 */
export interface Report {
  /** Sent again after a lost connection it is the same report, and kept once. */
  id: string;
  fault: string;
  message: string;
  stack: string;
  version: string;
  device: "phone" | "tablet" | "computer";
  screen: "small" | "medium" | "large";
  language: string;
  reduced_motion: boolean;
}

export interface Reporting {
  version: string;
  /** Whether its person switched it on; asked once a fault is there, and again for each that waits. */
  allowed: () => Promise<boolean>;
  /** Bring one report; true when it was taken, or never will be. */
  send: (report: Report) => Promise<boolean>;
}

const MOST = 5;
const LONGEST_MESSAGE = 1_000;
const LONGEST_STACK = 8_000;

export class Crashes {
  private readonly waiting: Report[] = [];
  private readonly told = new Set<string>();
  private bringing = false;

  constructor(private readonly how: Reporting) {}

  /** Listen to what goes wrong in a window, and try again when it has a connection. Returns how to stop. */
  start(window: Window): () => void {
    const failed = (event: ErrorEvent): void => this.note(event.error ?? event.message);
    const refused = (event: PromiseRejectionEvent): void => this.note(event.reason);
    const online = (): void => void this.bring();
    window.addEventListener("error", failed);
    window.addEventListener("unhandledrejection", refused);
    window.addEventListener("online", online);
    return () => {
      window.removeEventListener("error", failed);
      window.removeEventListener("unhandledrejection", refused);
      window.removeEventListener("online", online);
    };
  }

  /** Keep a fault, once for each place where it happens, and bring it when that is possible. */
  note(reason: unknown): void {
    const report = reportOf(reason, this.how.version);
    const mark = `${report.fault} ${report.message} ${report.stack.slice(0, 300)}`;
    if (this.told.has(mark) || this.waiting.length >= MOST) return;
    this.told.add(mark);
    this.waiting.push(report);
    void this.bring();
  }

  /** Bring what waits; what is not allowed is let go of. */
  async bring(): Promise<void> {
    if (this.bringing || !this.waiting.length) return;
    this.bringing = true;
    try {
      if (!(await this.how.allowed())) this.waiting.length = 0;
      while (this.waiting[0] && (await this.how.send(this.waiting[0]))) this.waiting.shift();
    } catch {
      // Without a connection it waits; a fault of telling about a fault is no fault to tell.
    } finally {
      this.bringing = false;
    }
  }

  get left(): number {
    return this.waiting.length;
  }
}

export function reportOf(reason: unknown, version: string): Report {
  const fault = reason instanceof Error ? reason : null;
  return {
    id: crypto.randomUUID(),
    fault: (fault?.name || "Error").slice(0, 80),
    message: (fault ? fault.message : typeof reason === "string" ? reason : "").slice(0, LONGEST_MESSAGE),
    stack: (fault?.stack ?? "").slice(0, LONGEST_STACK),
    version,
    ...deviceFacts(),
  };
}

/** What is told of the device: its kind and screen coarsely, the language, and whether less motion is wanted. */
export function deviceFacts(): Pick<Report, "device" | "screen" | "language" | "reduced_motion"> {
  const width = Math.min(screen.width, screen.height) || screen.width;
  const touch = matchMedia("(pointer: coarse)").matches;
  return {
    device: !touch ? "computer" : width < 600 ? "phone" : "tablet",
    screen: width < 600 ? "small" : width < 1000 ? "medium" : "large",
    language: document.documentElement.lang.slice(0, 2) || navigator.language.slice(0, 2),
    reduced_motion: matchMedia("(prefers-reduced-motion: reduce)").matches,
  };
}
