import "./fonts";
import "../styles/practice.scss";
import { LhKeys } from "./elements/keys";
import { LhPractice } from "./practice/ui/app";

customElements.define("lh-keys", LhKeys);
customElements.define("lh-practice", LhPractice);
