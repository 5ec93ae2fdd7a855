import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const WORTH_IT = /\.(js|css|svg|json)$/;

/** Writes each text file compressed beside itself; the server hands that out to whoever can read it (WhiteNoise). */
export function squeeze(folder: string): Plugin {
  return {
    name: "leerhuis-squeeze",
    apply: "build",
    closeBundle() {
      const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
      const done = new Set(names.filter((each) => each.startsWith("assets"))); // what has its content in its name
      for (const name of names.filter((each) => WORTH_IT.test(each) && !done.has(`${each}.br`))) {
        const text = readFileSync(join(folder, name));
        writeFileSync(join(folder, `${name}.gz`), gzipSync(text, { level: 9 }));
        writeFileSync(join(folder, `${name}.br`), brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
      }
    },
  };
}
