import { describe, expect, it } from "vitest";
import { type Memory, type Parameters, type Plan, recall, review } from "../src/practice/memory";
import vectors from "./fixtures/fsrs.json";

const PARAMETERS = vectors.parameters as unknown as Parameters;

interface Told {
  stability: number;
  difficulty: number;
  state: number;
  step: number | null;
  last_review: string;
  due_at: string;
}

const planFor = (retention: number): Plan => ({
  parameters: PARAMETERS,
  retention,
  againAfterMinutes: vectors.again_after_minutes,
  longestDays: vectors.longest_days,
});

function memory(told: Told): Memory {
  const { stability, difficulty, state, step } = told;
  const moments = { lastReview: new Date(told.last_review), dueAt: new Date(told.due_at) };
  return { stability, difficulty, state: state as Memory["state"], step: step as Memory["step"], ...moments };
}

describe("the memory of a question", () => {
  it("moves in the browser as it does on the server", () => {
    expect(vectors.steps.length).toBe(480);
    for (const step of vectors.steps) {
      const before = step.before ? memory(step.before) : null;
      const after = review(before, step.right, new Date(step.at), planFor(step.retention));
      const wanted = memory(step.after);
      expect(after.stability / wanted.stability).toBeCloseTo(1, 10);
      expect(after.difficulty).toBeCloseTo(wanted.difficulty, 10);
      expect([after.state, after.step]).toEqual([wanted.state, wanted.step]);
      expect([after.lastReview, after.dueAt]).toEqual([wanted.lastReview, wanted.dueAt]);
    }
  });

  it("is recalled with the same chance", () => {
    for (const step of vectors.steps) {
      if (!step.before) continue;
      const found = recall(memory(step.before), new Date(step.at), PARAMETERS);
      expect(found).toBeCloseTo(step.recall as number, 12);
    }
  });

  it("comes back later for whoever wants to know less for sure", () => {
    const at = new Date("2027-01-14T12:00:00Z");
    const due = (retention: number): number => review(null, true, at, planFor(retention)).dueAt.getTime();
    expect(due(0.7)).toBeGreaterThan(due(0.9));
    expect(due(0.9)).toBeGreaterThan(due(0.97));
  });
});
