import "./fonts";
import "../styles/public.scss";
import "../styles/practice.scss";
import { LhHotspot } from "./elements/hotspot";
import { LhKeys } from "./elements/keys";
import { LhPractice } from "./practice/ui/app";
import { LhRound } from "./practice/ui/round";

customElements.define("lh-keys", LhKeys);
customElements.define("lh-hotspot", LhHotspot);
customElements.define("lh-round", LhRound);
customElements.define("lh-practice", LhPractice);
