import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const ICONS = join(import.meta.dirname, "..", "node_modules", "@tabler", "icons", "icons");

/** The names in the list: one a line, `#` begins a remark. */
export function iconNames(listing: string): string[] {
  return listing
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim())
    .filter((line) => line !== "");
}

/** One Tabler icon as a `<symbol>`; a name that Tabler does not have stops the build. */
export function iconSymbol(name: string): string {
  const filled = name.endsWith("-filled");
  const file = filled ? join(ICONS, "filled", `${name.slice(0, -7)}.svg`) : join(ICONS, "outline", `${name}.svg`);
  const drawing = readFileSync(file, "utf8")
    .replace(/^[\s\S]*?<svg[\s\S]*?>/, "")
    .replace(/<\/svg>[\s\S]*$/, "")
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none" \/>/, "")
    .replace(/\s*\n\s*/g, "");
  const paint = filled
    ? 'fill="currentColor" stroke="none"'
    : 'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"';
  return `<symbol id="${name}" viewBox="0 0 24 24" ${paint}>${drawing}</symbol>`;
}

/** Which of these icons some programs name, each as a text of its own: `icon("clock")`. */
export function iconsNamedIn(programs: string[], names: string[]): string[] {
  const told = new Set(programs.join("\n").match(/"[a-z0-9-]+"/g));
  return names.filter((name) => told.has(`"${name}"`));
}

/** The programs in a folder. */
export function programsIn(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((each) => each.endsWith(".ts"));
  return files.map((each) => readFileSync(join(folder, each), "utf8"));
}

/** Writes the icons that `icons.txt` names, or some of them, as one sprite, which has this name in the manifest. */
export function iconSprite(list: string, name = "icons.svg", some = (names: string[]): string[] => names): Plugin {
  return {
    name: "leerhuis-icon-sprite",
    apply: "build",
    buildStart() {
      this.addWatchFile(list);
    },
    generateBundle() {
      const symbols = some(iconNames(readFileSync(list, "utf8"))).map(iconSymbol).join("");
      this.emitFile({
        type: "asset",
        name,
        originalFileName: name,
        source: `<svg xmlns="http://www.w3.org/2000/svg">${symbols}</svg>`,
      });
    },
  };
}
