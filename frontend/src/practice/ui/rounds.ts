// What draws a round: fetched once one can begin, so that a slow telephone has less to read before.
import { LhHotspot } from "../../elements/hotspot";
import { LhRound } from "./round";

customElements.define("lh-hotspot", LhHotspot);
customElements.define("lh-round", LhRound);
