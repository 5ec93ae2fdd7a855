// The words of the app: they come with its page, in the language of whoever reads (portal/app_words.py).
export type Words = Record<string, string>;

let words: Words = {};
let language = "nl";

export function speak(told: Words, tongue: string): void {
  words = told;
  language = tongue;
}

/** A sentence, with `{name}` filled in. */
export function say(key: string, values: Record<string, string | number> = {}): string {
  const text = words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

/** A sentence with a number: `key_one` for one, `key_many` for any other. */
export function count(key: string, n: number, values: Record<string, string | number> = {}): string {
  return say(`${key}_${n === 1 ? "one" : "many"}`, { n, ...values });
}

/** A day in full: "14 januari 2027". */
export function longDay(day: string): string {
  const [year, month, date] = day.slice(0, 10).split("-").map(Number);
  return `${date} ${say("months").split(" ")[month! - 1] ?? month} ${year}`;
}

/** The first letters of a day of the week. */
export function weekday(day: string): string {
  const fromMonday = (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7;
  return say("weekdays").split(" ")[fromMonday] ?? "";
}

/** A number as people write it. */
export function figure(number: number): string {
  return new Intl.NumberFormat(language === "en" ? "en-GB" : "nl-NL", { maximumFractionDigits: 9, useGrouping: false }).format(number);
}
