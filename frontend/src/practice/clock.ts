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

/** What is used of Temporal, which new browsers have: the first word of Intl takes a slow telephone a fifth of a second. */
interface Zoned {
  epochMilliseconds: number;
  toPlainDate(): { toString(): string };
}
interface Dates {
  Instant: { fromEpochMilliseconds(at: number): { toZonedDateTimeISO(zone: string): Zoned } };
  PlainDateTime: { from(text: string): { toZonedDateTime(zone: string): Zoned } };
}
const newDates = (): Dates | undefined => (globalThis as { Temporal?: Dates }).Temporal;

const made = new Map<string, Intl.DateTimeFormat>();

/** What writes a moment in a zone as 2027-01-14 09:00:00: made once, for making it takes long. */
function writer(zone: string): Intl.DateTimeFormat {
  const found = made.get(zone) ?? new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  made.set(zone, found);
  return found;
}

/** The day of a moment in a zone, as 2027-01-14. */
export function dayOf(at: Date, zone: string): string {
  const dates = newDates();
  if (dates) return dates.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate().toString();
  return writer(zone).format(at).slice(0, 10);
}

/** How many days lie between two days such as 2027-01-14. */
export function daysBetween(from: string, until: string): number {
  return Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}

/** When the exam of a day is taken to begin: nine o'clock in the zone of the academy (practice/forgetting.py). */
export function examMoment(day: string, zone: string): Date {
  const dates = newDates();
  if (dates) return new Date(dates.PlainDateTime.from(`${day}T09:00`).toZonedDateTime(zone).epochMilliseconds);
  const plain = new Date(`${day}T09:00:00Z`);
  const there = writer(zone).format(plain);
  return new Date(2 * plain.getTime() - Date.parse(`${there.replace(" ", "T")}Z`));
}
