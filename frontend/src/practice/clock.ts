// Time as the server has it: a telephone's clock may be wrong, and what is planned by it would be wrong with it.
const MINUTE = 60_000;
const DAY = 86_400_000;

/** The clock of this device, put right by what the server says the time is. */
export class Clock {
  constructor(private off = 0) {}

  /** By how many milliseconds this device is behind; less than a minute counts as nothing. */
  get offset(): number {
    return this.off;
  }

  /** Go on with what was learned before. */
  restore(off: number): void {
    this.off = off;
  }

  now(): Date {
    return new Date(Date.now() + this.off);
  }

  /** Learn from the server's time in an answer that was asked for at a moment of this device. */
  adjust(server: string, asked: number): number {
    const off = Date.parse(server) - (asked + Date.now()) / 2;
    this.off = Math.abs(off) < MINUTE ? 0 : Math.round(off);
    return this.off;
  }
}

/** The day of a moment in a zone, as 2027-01-14. */
export function dayOf(at: Date, zone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(at);
}

/** How many days lie between two days such as 2027-01-14. */
export function daysBetween(from: string, until: string): number {
  return Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}

/** When the exam of a day is taken to begin: nine o'clock in the zone of the academy (practice/forgetting.py). */
export function examMoment(day: string, zone: string): Date {
  const plain = new Date(`${day}T09:00:00Z`);
  const there = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" }).format(plain);
  return new Date(2 * plain.getTime() - Date.parse(`${there.replace(" ", "T")}Z`));
}
