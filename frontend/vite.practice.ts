import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { calmFonts } from "./build/fonts.ts";
import { iconSprite, iconsNamedIn, programsIn } from "./build/icons.ts";
import { squeeze } from "./build/squeeze.ts";
import whole from "./vite.config.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const FRAME = ["sun", "book", "calendar-event", "user"]; // of the menu around the app
const ofApp = (names: string[]): string[] => [...new Set([...FRAME, ...iconsNamedIn(programsIn(here("src/practice")), names)])];

// The practice app apart: one script, one style and the icons that it draws. With the others it would share parts, and each part is one more
// thing that a slow telephone has to ask for before one can begin.
export default defineConfig({
  ...whole,
  plugins: [calmFonts(), iconSprite(here("./icons.txt"), "practice-icons.svg", ofApp), squeeze(here("../src/leerhuis/ui/static/built"))],
  build: {
    ...whole.build,
    emptyOutDir: false,
    manifest: "practice.json",
    rolldownOptions: { input: { practice: here("src/practice.ts") } },
  },
});
