import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { calmFonts } from "./build/fonts.ts";
import { iconSprite } from "./build/icons.ts";
import { squeeze } from "./build/squeeze.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

// The built files are served by the Django app `ui`; the strict content security policy forbids inline
// code and data addresses for code, hence no preload polyfill and no inlined assets. The practice app is built apart
// (vite.practice.ts).
export default defineConfig({
  root: here("."),
  base: "/static/built/",
  plugins: [calmFonts(), iconSprite(here("./icons.txt")), squeeze(here("../src/leerhuis/ui/static/built"))],
  build: {
    outDir: here("../src/leerhuis/ui/static/built"),
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    cssTarget: ["chrome123", "firefox128", "safari17.5"], // the first that know light-dark()
    cssMinify: "lightningcss",
    rolldownOptions: {
      input: {
        app: here("src/app.ts"),
        public: here("src/public.ts"),
        worker: here("src/worker/index.ts"),
      },
    },
  },
  css: { preprocessorOptions: { scss: { loadPaths: [here("node_modules")], quietDeps: true } } },
  test: { environment: "happy-dom", include: ["tests/**/*.test.ts"], testTimeout: 20_000 },
});
