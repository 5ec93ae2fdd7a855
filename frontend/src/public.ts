import "./fonts";
import "../styles/public.scss";
import "htmx.org"; // its settings stand in <meta name="htmx-config"> of the base layout
import { startOnce } from "./once";
import { startSaying } from "./say";
import { defineLight } from "./elements";
import { guard, startLeaving } from "./practice/private";

startLeaving();
startOnce();
void guard();
startSaying();
defineLight();
