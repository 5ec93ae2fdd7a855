import "./fonts";
import "../styles/app.scss";
import "htmx.org"; // its settings stand in <meta name="htmx-config"> of the base layout
import { startOnce } from "./once";
import { startSaying } from "./say";
import { defineLight, defineOffice } from "./elements";
import { guard, startLeaving } from "./practice/private";

startLeaving();
startOnce();
void guard();
startSaying();
defineLight();
defineOffice();
