import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { iconNames, iconSymbol } from "../build/icons";

describe("the icon sprite", () => {
  it("reads one name a line and skips remarks", () => {
    expect(iconNames("# Set\nsun\n\nusers # people\n")).toEqual(["sun", "users"]);
  });

  it("draws every listed icon, each once", () => {
    const names = iconNames(readFileSync("icons.txt", "utf8"));
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(iconSymbol(name)).toMatch(new RegExp(`^<symbol id="${name}" viewBox="0 0 24 24" .*<(path|rect|circle)`));
  });

  it("stops at an icon that does not exist", () => {
    expect(() => iconSymbol("no-such-icon")).toThrow();
  });
});
