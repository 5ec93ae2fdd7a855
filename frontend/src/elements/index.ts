import { LhCopy } from "./copy";
import { LhDrawer, LhFilters } from "./drawer";
import { LhEditor } from "./editor";
import { LhForm } from "./form";
import { LhHotspot } from "./hotspot";
import { LhKeys } from "./keys";
import { LhLook } from "./look";
import { startMenus } from "./menu";
import { LhNotify } from "./notify";
import { LhOrder } from "./order";
import { LhPanel } from "./panel";
import { LhPasskey } from "./passkey";
import { LhQuestion } from "./question";
import { LhRows } from "./rows";
import { LhSearch } from "./search";
import { LhToast } from "./toast";

/** The elements that every page may use. */
export function defineLight(): void {
  customElements.define("lh-copy", LhCopy);
  customElements.define("lh-drawer", LhDrawer);
  customElements.define("lh-filters", LhFilters);
  customElements.define("lh-form", LhForm);
  customElements.define("lh-hotspot", LhHotspot);
  customElements.define("lh-keys", LhKeys);
  customElements.define("lh-notify", LhNotify);
  customElements.define("lh-order", LhOrder);
  customElements.define("lh-passkey", LhPasskey);
  customElements.define("lh-question", LhQuestion);
  customElements.define("lh-toast", LhToast);
  startMenus();
}

/** The elements of the dense office pages. */
export function defineOffice(): void {
  customElements.define("lh-editor", LhEditor);
  customElements.define("lh-look", LhLook);
  customElements.define("lh-panel", LhPanel);
  customElements.define("lh-rows", LhRows);
  customElements.define("lh-search", LhSearch);
}
