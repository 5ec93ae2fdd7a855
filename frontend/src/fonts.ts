// The house typefaces; a browser fetches only the one that the academy chose.
import "@fontsource-variable/figtree/wght.css";
import "@fontsource-variable/figtree/wght-italic.css";
