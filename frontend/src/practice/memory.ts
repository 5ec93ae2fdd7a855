// When a question comes back, in the browser: FSRS-6 as the server has it (practice/scheduling.py), so that an answer
// given without a connection is planned as it will be planned when it arrives. Held to the server's by shared vectors.
// Formulas: https://github.com/open-spaced-repetition/py-fsrs (scheduler.py), of which right is "Good" and wrong "Again".

/** What is predicted of one memory: `stability` in days, `difficulty` 1 to 10, `state` 1 new, 2 known, 3 missed since. */
export interface Memory {
  stability: number;
  difficulty: number;
  state: 1 | 2 | 3;
  step: 0 | null;
  lastReview: Date;
  dueAt: Date;
}

type Seven = [number, number, number, number, number, number, number];
/** The 21 numbers of FSRS-6. */
export type Parameters = readonly [...Seven, ...Seven, ...Seven];

/** What a scheduler goes by: the 21 numbers of FSRS-6, the wished retention (0 to 1), and two bounds. */
export interface Plan {
  parameters: Parameters;
  retention: number;
  againAfterMinutes: number;
  longestDays: number;
}

const AGAIN = 1;
const GOOD = 3;
const EASY = 4;
const LEAST_STABILITY = 0.001;
const STABLE_AT = 0.9;
const DAY = 86_400_000;
const MINUTE = 60_000;

/** Return the predicted recall of a memory at a moment (0 to 1); time counts in whole days. */
export function recall(memory: Memory, at: Date, parameters: Parameters): number {
  return curve(wholeDays(memory, at), memory.stability, parameters);
}

/** Return the memory after an answer; null for a question that was never met. */
export function review(memory: Memory | null, right: boolean, at: Date, plan: Plan): Memory {
  const w = plan.parameters;
  const rating = right ? GOOD : AGAIN;
  const stability = memory ? stabilityAfter(memory, rating, at, w) : atLeast(right ? w[2] : w[0]);
  const difficulty = memory ? difficultyAfter(memory.difficulty, rating, w) : between(firstDifficulty(rating, w));
  const days = interval(stability, plan);
  const known = { state: 2, step: null, dueAt: new Date(at.getTime() + days * DAY) } as const;
  const soon = new Date(at.getTime() + plan.againAfterMinutes * MINUTE);
  const missed = { state: memory && memory.state !== 1 ? 3 : 1, step: 0, dueAt: soon } as const;
  return { stability, difficulty, lastReview: at, ...(right ? known : missed) };
}

function wholeDays(memory: Memory, at: Date): number {
  return Math.max(0, Math.floor((at.getTime() - memory.lastReview.getTime()) / DAY));
}

function curve(days: number, stability: number, w: Parameters): number {
  return (1 + (factor(w) * days) / stability) ** -w[20];
}

function factor(w: Parameters): number {
  return STABLE_AT ** (1 / -w[20]) - 1;
}

function interval(stability: number, plan: Plan): number {
  const w = plan.parameters;
  const days = (stability / factor(w)) * (plan.retention ** (1 / -w[20]) - 1);
  return Math.min(Math.max(Math.round(days), 1), plan.longestDays);
}

function stabilityAfter(memory: Memory, rating: number, at: Date, w: Parameters): number {
  const { stability: s, difficulty: d } = memory;
  const days = wholeDays(memory, at);
  if (days < 1) {
    const grows = Math.E ** (w[17] * (rating - 3 + w[18])) * s ** -w[19];
    return atLeast(s * (rating === GOOD ? Math.max(grows, 1) : grows));
  }
  const lost = 1 - curve(days, s, w);
  if (rating === AGAIN) {
    const left = w[11] * d ** -w[12] * ((s + 1) ** w[13] - 1) * Math.E ** (lost * w[14]);
    return atLeast(Math.min(left, s / Math.E ** (w[17] * w[18])));
  }
  return atLeast(s * (1 + Math.E ** w[8] * (11 - d) * s ** -w[9] * (Math.E ** (lost * w[10]) - 1)));
}

function firstDifficulty(rating: number, w: Parameters): number {
  return w[4] - Math.E ** (w[5] * (rating - 1)) + 1;
}

function difficultyAfter(difficulty: number, rating: number, w: Parameters): number {
  const moved = difficulty + ((10 - difficulty) * -(w[6] * (rating - 3))) / 9;
  return between(w[7] * firstDifficulty(EASY, w) + (1 - w[7]) * moved);
}

function atLeast(stability: number): number {
  return Math.max(stability, LEAST_STABILITY);
}

function between(difficulty: number): number {
  return Math.min(Math.max(difficulty, 1), 10);
}
