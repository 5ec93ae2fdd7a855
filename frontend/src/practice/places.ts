// Places on a picture, in percents of its width and height. The same as leerhuis/practice/places.py.
import type { Area } from "./kinds";

export const COLUMNS = 10;
export const ROWS = 8;
const NEARLY = 3;
const FAIR = 0.25;
const SAMPLES = 8;

export interface Point {
  x: number;
  y: number;
}

/** A cell of the grid over a picture, counted from 0 from the left and from the top. */
export interface Cell {
  column: number;
  row: number;
}

export type Place = Point | Cell;

/** The place that a line names: "34.5,61" is a point, "C4" a cell; null for anything else. */
export function readPlace(text: string): Place | null {
  const named = /^([A-Z])([1-9])$/.exec(text);
  if (named) {
    const cell = { column: named[1]!.charCodeAt(0) - 65, row: Number(named[2]) - 1 };
    return cell.column < COLUMNS && cell.row < ROWS ? cell : null;
  }
  const [x, y, ...more] = text.split(",").map((part) => (part.trim() ? toOneDecimal(Number(part)) : NaN));
  if (x === undefined || y === undefined || more.length) return null;
  return x >= 0 && x <= 100 && y >= 0 && y <= 100 ? { x, y } : null;
}

export function writePlace(place: Place): string {
  return "column" in place ? cellName(place) : `${place.x},${place.y}`;
}

export function cellName(cell: Cell): string {
  return `${String.fromCharCode(65 + cell.column)}${cell.row + 1}`;
}

/** The cell that a place lies in. */
export function cellOf(place: Place): Cell {
  if ("column" in place) return place;
  const within = (part: number, count: number): number => Math.min(Math.trunc((part * count) / 100), count - 1);
  return { column: within(place.x, COLUMNS), row: within(place.y, ROWS) };
}

export function middleOfCell(cell: Cell): Point {
  return { x: ((cell.column + 0.5) * 100) / COLUMNS, y: ((cell.row + 0.5) * 100) / ROWS };
}

/** True when a place lies on an area of a picture that is `ratio` times as high as wide. */
export function isOn(place: Place, area: Area, ratio: number): boolean {
  if (!("column" in place)) return holds(area, place, ratio);
  const wide = 100 / COLUMNS;
  const high = 100 / ROWS;
  const left = place.column * wide;
  const top = place.row * high;
  const steps = Array.from({ length: SAMPLES }, (_, n) => (n + 0.5) / SAMPLES);
  const points = steps.flatMap((a) => steps.map((b) => ({ x: left + a * wide, y: top + b * high })));
  const inside = points.filter((point) => holds(area, point, ratio)).length;
  const middle = middleOf(area);
  const holdsMiddle = left <= middle.x && middle.x <= left + wide && top <= middle.y && middle.y <= top + high;
  return inside >= FAIR * SAMPLES ** 2 || (holdsMiddle && inside > 0);
}

/** True when a place lies just beside an area. */
export function isBeside(place: Place, area: Area, ratio: number): boolean {
  const middle = "column" in place ? middleOfCell(place) : place;
  const shifts = [-NEARLY, 0, NEARLY];
  return shifts.some((dx) => shifts.some((dy) => holds(area, { x: middle.x + dx, y: middle.y + dy }, ratio)));
}

function holds(area: Area, point: Point, ratio: number): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = area.coords;
  if (area.shape === "rect" && area.coords.length === 4) return a <= point.x && point.x <= c && b <= point.y && point.y <= d;
  if (area.shape === "circle" && area.coords.length === 3) {
    return (point.x - a) ** 2 + ((point.y - b) * ratio) ** 2 <= c ** 2;
  }
  return area.shape === "poly" && inPolygon(corners(area.coords), point);
}

/** About the middle of an area: where its number stands. */
export function middleOf(area: Area): Point {
  const [a = 0, b = 0, c = 0, d = 0] = area.coords;
  if (area.shape === "rect" && area.coords.length === 4) return { x: (a + c) / 2, y: (b + d) / 2 };
  if (area.shape === "circle" && area.coords.length === 3) return { x: a, y: b };
  const points = corners(area.coords);
  if (!points.length) return { x: 50, y: 50 };
  const sum = (all: number[]): number => all.reduce((total, each) => total + each, 0);
  return { x: sum(points.map((p) => p.x)) / points.length, y: sum(points.map((p) => p.y)) / points.length };
}

export function corners(coords: number[]): Point[] {
  const points: Point[] = [];
  for (let place = 0; place + 1 < coords.length; place += 2) points.push({ x: coords[place]!, y: coords[place + 1]! });
  return points;
}

/** Count how often a line to the right crosses the edges: an odd number is inside. */
function inPolygon(points: Point[], point: Point): boolean {
  let inside = false;
  points.forEach((one, place) => {
    const other = points[(place + 1) % points.length]!;
    if (one.y > point.y === other.y > point.y) return;
    const crossing = one.x + ((point.y - one.y) * (other.x - one.x)) / (other.y - one.y);
    if (point.x <= crossing) inside = !inside;
  });
  return inside;
}

/** Half of a tenth goes to the even side, as Python rounds. */
function toOneDecimal(number: number): number {
  const tenths = number * 10;
  const isTie = Math.abs(tenths % 1) === 0.5 && (number * 4) % 1 === 0; // only quarters are exact in binary
  if (!isTie) return Number(number.toFixed(1));
  const down = Math.floor(tenths);
  return (down % 2 === 0 ? down : down + 1) / 10;
}
