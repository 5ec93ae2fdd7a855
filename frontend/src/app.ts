import "./fonts";
import "../styles/app.scss";
import { startHtmx } from "./htmx";
import { defineLight, defineOffice } from "./elements";

startHtmx();
defineLight();
defineOffice();
