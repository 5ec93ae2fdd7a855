import "./fonts";
import "../styles/practice.scss";
import { LhPractice } from "./practice/ui/app";

customElements.define("lh-practice", LhPractice);
