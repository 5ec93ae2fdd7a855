import type { Plugin } from "vite";

/** Lets a typeface that comes late wait for the next page: text that is being read never jumps to other widths. */
export function calmFonts(): Plugin {
  return {
    name: "leerhuis-calm-fonts",
    enforce: "pre",
    transform: {
      filter: { id: /@fontsource.*\.css$/ },
      handler: (text: string): string => text.replaceAll("font-display: swap", "font-display: optional"),
    },
  };
}
