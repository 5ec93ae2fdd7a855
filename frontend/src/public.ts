import "./fonts";
import "../styles/public.scss";
import { startHtmx } from "./htmx";
import { defineLight } from "./elements";

startHtmx();
defineLight();
