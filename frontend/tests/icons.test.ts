import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { iconNames, iconSymbol, iconsNamedIn, programsIn } from "../build/icons";

describe("the icon sprite", () => {
  it("reads one name a line and skips remarks", () => {
    expect(iconNames("# Set\nsun\n\nusers # people\n")).toEqual(["sun", "users"]);
  });

  it("draws every listed icon, each once", () => {
    const names = iconNames(readFileSync("icons.txt", "utf8"));
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(iconSymbol(name)).toMatch(new RegExp(`^<symbol id="${name}" viewBox="0 0 24 24" .*<(path|rect|circle)`));
  });

  it("holds for the practice app what its programs name, and nothing that they do not", () => {
    expect(iconsNamedIn(['icon("sun")', 'done ? "circle-check" : "users-all"'], ["sun", "users", "circle-check"])).toEqual(["sun", "circle-check"]);
    const names = iconNames(readFileSync("icons.txt", "utf8"));
    const drawn = programsIn("src/practice").flatMap((each) => [...each.matchAll(/icon\("([a-z-]+)"/g)].map((found) => found[1]!));
    const kept = iconsNamedIn(programsIn("src/practice"), names);
    expect(drawn.filter((name) => !kept.includes(name))).toEqual([]);
    expect(drawn.length).toBeGreaterThan(10);
    expect(kept.length).toBeLessThan(names.length / 3);
  });

  it("stops at an icon that does not exist", () => {
    expect(() => iconSymbol("no-such-icon")).toThrow();
  });
});
