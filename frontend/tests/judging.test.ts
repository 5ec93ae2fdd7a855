import { describe, expect, it } from "vitest";
import { grade, readAnswer } from "../src/practice/judging";
import type { Content, Fields, Verdict } from "../src/practice/kinds";
import vectors from "./fixtures/judging.json";

interface Judged {
  outcome: string;
  feedback: string[];
  meant: string;
  parts: Judged[];
}

type Vector = { kind: string; content: unknown; fields?: Fields; line?: string; unreadable?: string } & Partial<Judged>;

function told({ outcome, feedback, meant, parts }: Verdict): Judged {
  return { outcome, feedback: feedback.map((said) => said.text), meant, parts: parts.map(told) };
}

function wanted({ outcome, feedback, meant, parts }: Vector): Partial<Judged> {
  return { outcome: outcome!, feedback: feedback!, meant: meant!, parts: parts! };
}

describe("judging in the browser", () => {
  const all = vectors as Vector[];

  it("has vectors for every kind, each met right, partly right, wrong and unreadable", () => {
    const met = new Set(all.map((each) => `${each.kind} ${each.outcome ?? each.unreadable}`));
    const kinds = ["single", "multiple", "short_text", "numeric", "matching", "ordering", "cloze", "hotspot", "open"];
    for (const kind of kinds) for (const how of ["right", "partly", "wrong"]) expect(met).toContain(`${kind} ${how}`);
    for (const how of ["right", "wrong", "empty"]) expect(met).toContain(`true_false ${how}`);
    expect(all.length).toBe(1248);
  });

  it.each(all.map((each, place) => [place, each.kind, each] as const))("gives what the server gives: %i %s", (_, __, each) => {
    const asked = { kind: each.kind, content: each.content } as Content;
    if (each.fields) {
      const read = readAnswer(asked, each.fields);
      expect(read).toEqual(each.unreadable ? { unreadable: each.unreadable } : { line: each.line });
    }
    if (each.line !== undefined) expect(told(grade(asked, each.line))).toEqual(wanted(each));
  });
});
