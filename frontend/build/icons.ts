import { readFileSync } from "node:fs";
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

/** Writes the icons that `icons.txt` names as one sprite, in the manifest as `icons.svg`. */
export function iconSprite(list: string): Plugin {
  return {
    name: "leerhuis-icon-sprite",
    apply: "build",
    buildStart() {
      this.addWatchFile(list);
    },
    generateBundle() {
      const symbols = iconNames(readFileSync(list, "utf8")).map(iconSymbol).join("");
      this.emitFile({
        type: "asset",
        name: "icons.svg",
        originalFileName: "icons.svg",
        source: `<svg xmlns="http://www.w3.org/2000/svg">${symbols}</svg>`,
      });
    },
  };
}
