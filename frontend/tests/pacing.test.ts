import { describe, expect, it } from "vitest";
import { Clock, dayOf, daysBetween, examMoment } from "../src/practice/clock";
import type { Card } from "../src/practice/forms";
import { isAsked, isRound } from "../src/practice/forms";
import { composed, listsOf, minutesFor, usualSize, waitingNow } from "../src/practice/pacing";
import type { Waiting } from "../src/practice/pacing";
import { streak } from "../src/practice/sitting";
import { shuffled } from "../src/practice/ui/shuffle";
import { pace, statement } from "./academy";

const NOW = new Date("2027-01-14T11:00:00Z");
const DAY = 86_400_000;

function card(state: 1 | 2 | 3, due: number, last = -1, stability = 10): Card {
  const at = (days: number): string => new Date(NOW.getTime() + days * DAY).toISOString();
  return { stability, difficulty: 5, state, step: state === 2 ? null : 0, last_review: at(last), due_at: at(due), reps: 2, lapses: 0 };
}

function waiting(cards: (Card | null)[]): Waiting[] {
  return cards.map((each, place) => ({ id: `q${place}`, place, topic: `t${place % 3}`, card: each }));
}

describe("what a round asks", () => {
  it("repeats first what was missed, then what is due, then what is new", () => {
    const plan = pace(NOW.toISOString(), { seconds_each: 60, unseen: 3 });
    const chosen = composed(waiting([null, card(2, -1), card(1, -0.1), card(2, 5), null, null]), plan, NOW);
    expect([...chosen].sort((a, b) => a.id.localeCompare(b.id)).map(({ id, why }) => [id, why])).toEqual([
      ["q0", "new"], ["q1", "due"], ["q2", "again"], ["q4", "new"],
    ]);
  });

  it("asks what comes up soonest where nothing waits", () => {
    const plan = pace(NOW.toISOString());
    const chosen = composed(waiting([card(2, 9), card(2, 3)]), plan, NOW);
    expect(chosen.map(({ id, why }) => [id, why])).toEqual([["q1", "ahead"], ["q0", "ahead"]]);
    expect(waitingNow(waiting([card(2, 9), card(2, 3)]), plan, NOW)).toEqual({ round: 0, all: 0, isBehind: false });
  });

  it("spreads what is new over the days before an exam, and keeps the last ones free", () => {
    const all = waiting(new Array<null>(40).fill(null));
    const plan = pace(NOW.toISOString(), { exam_on: "2027-02-03", planned_on: "2027-01-14", unseen: 40 });
    expect(listsOf(all, plan, NOW).newToday).toBe(3); // 40 over 15 days: 20 to go, 5 of them free
    expect(composed(all, plan, NOW)).toHaveLength(3);
    const later = new Date("2027-01-21T11:00:00Z"); // a week without a connection, nothing practised
    expect(listsOf(all, plan, later).newToday).toBe(5);
  });

  it("counts what was met today as done today", () => {
    const plan = pace(NOW.toISOString(), { exam_on: "2027-02-03", planned_on: "2027-01-14", unseen: 40, met_today: 1 });
    const met = { ...card(2, 3, 0.01), reps: 1 };
    const all = waiting([met, met, ...new Array<null>(38).fill(null)]);
    expect(listsOf(all, plan, new Date(NOW.getTime() + DAY / 8)).newToday).toBe(0);
  });

  it("refreshes in the last week what would be known least on the day itself", () => {
    const plan = pace(NOW.toISOString(), { exam_on: "2027-01-16", planned_on: "2026-12-01" });
    const weak = card(2, 2, -3, 1);
    const lists = listsOf(waiting([card(2, 40, -1, 400), weak, card(2, 1, -3, 2)]), plan, NOW);
    expect(lists.below.map(({ id }) => id)).toEqual(["q1", "q2"]);
    expect(lists.belowToday).toBe(1);
    expect(composed(waiting([weak]), plan, NOW)).toEqual([{ id: "q0", why: "exam" }]);
  });

  it("shows somebody who was away no heap", () => {
    const plan = pace(NOW.toISOString());
    const many = waiting(new Array<Card>(60).fill(card(2, -2)));
    expect(waitingNow(many, plan, NOW)).toEqual({ round: 12, all: 60, isBehind: true });
  });

  it("fits a round into the minutes that were chosen", () => {
    const plan = pace(NOW.toISOString(), { minutes: 3, seconds_each: 25 });
    expect([usualSize(plan), minutesFor(7, plan)]).toEqual([7, 3]);
  });

  it("lets topics take turns as far as can be", () => {
    const few = composed(waiting([null, null, null, null, null, null]).map((each, place) => ({ ...each, topic: place < 4 ? "a" : "b" })), pace(NOW.toISOString()), NOW);
    expect(few.map(({ id }) => (Number(id.slice(1)) < 4 ? "a" : "b")).join("")).toBe("ababaa");
  });
});

describe("days", () => {
  it("begin and end where the academy is", () => {
    expect(dayOf(new Date("2027-01-14T23:30:00Z"), "Europe/Amsterdam")).toBe("2027-01-15");
    expect(daysBetween("2027-03-27", "2027-03-29")).toBe(2);
    expect(examMoment("2027-07-01", "Europe/Amsterdam").toISOString()).toBe("2027-07-01T07:00:00.000Z");
    expect(examMoment("2027-01-16", "Europe/Amsterdam").toISOString()).toBe("2027-01-16T08:00:00.000Z");
  });

  it("of rest do not end a run, three in a row do", () => {
    expect(streak(["2027-01-08", "2027-01-11", "2027-01-12", "2027-01-14"], "2027-01-14")).toBe(4);
    expect(streak(["2027-01-08", "2027-01-11"], "2027-01-14")).toBe(2);
    expect(streak(["2027-01-07", "2027-01-11", "2027-01-12"], "2027-01-14")).toBe(2);
    expect(streak(["2027-01-10"], "2027-01-14")).toBe(0);
    expect(streak([], "2027-01-14")).toBe(0);
  });
});

describe("a clock", () => {
  it("is put right when it is wrong, and left alone for seconds", () => {
    const clock = new Clock();
    expect(clock.adjust(new Date(Date.now() + 20_000).toISOString(), Date.now())).toBe(0);
    const off = clock.adjust(new Date(Date.now() - DAY).toISOString(), Date.now());
    expect(Math.abs(off + DAY)).toBeLessThan(1_000);
    expect(Math.abs(clock.now().getTime() - Date.now() + DAY)).toBeLessThan(1_000);
  });
});

describe("what comes from the server", () => {
  it("is taken only when the app can ask and judge it", () => {
    expect(isAsked(statement(1))).toBe(true);
    expect(isAsked({ ...statement(1), kind: "dance" })).toBe(false);
    expect(isAsked({ ...statement(1), content: {} })).toBe(false);
    expect(isAsked({ ...statement(1), card: { stability: "much" } })).toBe(false);
    expect(isAsked(null)).toBe(false);
  });

  it("is a round only with all that planning needs", () => {
    const round = { ...pace(NOW.toISOString()), questions: [] };
    expect(isRound(round)).toBe(true);
    expect(isRound({ ...round, parameters: [1, 2] })).toBe(false);
    expect(isRound({ ...round, now: "soon" })).toBe(false);
    expect(isRound("<html>")).toBe(false);
  });
});

describe("an order by chance", () => {
  it("is the same for a seed, holds everything, and differs between seeds", () => {
    const things = ["a", "b", "c", "d", "e", "f"];
    expect(shuffled(things, "x")).toEqual(shuffled(things, "x"));
    expect([...shuffled(things, "x")].sort()).toEqual(things);
    const orders = new Set(Array.from({ length: 60 }, (_, seed) => shuffled(things, `${seed}`).join("")));
    expect(orders.size).toBeGreaterThan(40);
  });
});
