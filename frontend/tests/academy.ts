// A stand-in for the server, faithful in what the app relies on: who is signed in, the mark of a page, answers that
// count once by their id, a memory per question, and connections that fail before, during and after a call.
import { review } from "../src/practice/memory";
import type { Fetch } from "../src/practice/calls";
import type { Asked, Card, RoundOut } from "../src/practice/forms";
import { memoryOf, planOf } from "../src/practice/pacing";
import type { Pace } from "../src/practice/pacing";

const W = [0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542];
export const BANK = "0190c1a0-0000-7000-8000-00000000000b";

export function pace(now: string, more: Partial<Pace> = {}): Pace {
  return {
    bank: BANK,
    now,
    retention: 0.9,
    parameters: W,
    again_after_seconds: 600,
    longest_days: 365,
    zone: "Europe/Amsterdam",
    minutes: 4,
    seconds_each: 20,
    exam_on: null,
    planned_on: null,
    unseen: 0,
    met_today: 0,
    refreshed_today: 0,
    ...more,
  };
}

export function statement(number: number, more: Partial<Asked> = {}): Asked {
  return {
    id: `q${number}`,
    version: 1,
    kind: "true_false",
    why: "new",
    topic: { id: `t${number % 2}`, title: `Topic ${number % 2}` },
    stem_html: `<p>Statement ${number}</p>`,
    explanation_html: "<p>Because.</p>",
    content: { is_true: true, when_true: null, when_false: null },
    media: [],
    source: null,
    changed: false,
    bookmarked: false,
    card: null,
    ...more,
  };
}

interface Sent {
  id: string;
  question: string;
  version: number;
  at: string;
  answer: Record<string, string[]>;
  shown: boolean;
}

type Trouble = "before" | "after" | "cut" | "login" | null;

export class Academy {
  person = "anna";
  kept = true;
  retired: { bank: string; source: string; count: number }[] = [];
  isIn = true;
  isOpen = true;
  questions: Asked[];
  answers = new Map<string, Sent>();
  marks: string[] = [];
  calls: string[] = [];
  /** What goes wrong with the next call of which the address holds these words. */
  trouble: [string, Trouble] = ["", null];
  mark = "mark-1";
  asks = false;
  behind = false;
  offset = 0;

  constructor(count = 30) {
    this.questions = Array.from({ length: count }, (_, number) => statement(number));
  }

  now(): Date {
    return new Date(Date.now() + this.offset);
  }

  readonly fetch: Fetch = async (address, options = {}) => {
    const method = options.method ?? "GET";
    this.calls.push(`${method} ${address.replace("/api/v1/practice/", "").replace(BANK, "B")}`);
    const [where, what] = this.trouble;
    const hits = what !== null && address.includes(where);
    if (hits) this.trouble = ["", null];
    if (hits && what === "before") throw new TypeError("Failed to fetch");
    if (hits && what === "login") return new Response("<!doctype html><title>Free wifi</title>", { headers: { "Content-Type": "text/html" } });
    const answer = this.answer(address, method, options);
    if (hits && what === "after") throw new TypeError("Failed to fetch"); // it was done, and nobody heard
    if (hits && what === "cut") return new Response((await answer.text()).slice(0, 40));
    return answer;
  };

  private answer(address: string, method: string, options: RequestInit): Response {
    const { pathname: path, search } = new URL(address, "http://academy.example");
    if (path === "/about/") return this.isIn ? json(this.about()) : redirected();
    if (!this.isIn) return json({ code: "unauthorized" }, 401);
    const headers = new Headers(options.headers);
    if (method !== "GET" && headers.get("X-CSRFToken") !== this.mark) return json({ code: "forbidden" }, 403);
    const call = path.replace("/api/v1/practice/", "") + (path.endsWith("/start") ? search : "");
    if (call === "reminders/decline") {
      this.asks = false;
      return new Response(null, { status: 204 });
    }
    if (call.startsWith("start?take=")) return json(this.start(call.endsWith("1")));
    if (!this.isOpen) return json({ code: "not_found" }, 404);
    if (call.endsWith("/round")) return json(this.round());
    if (call.endsWith("/mastery")) return json(this.mastery());
    if (call.endsWith("/answers")) return this.take((JSON.parse(String(options.body)) as { answers: Sent[] }).answers);
    this.marks.push(`${method} ${call.replace(`banks/${BANK}/`, "")} ${String(options.body ?? "")}`.trim());
    return new Response(null, { status: 204 });
  }

  private about(): object {
    return { who: this.person, mark: this.mark, kept: this.kept, now: this.now().toISOString(), lesson: null, certificates: [], certificates_url: "/me/certificates/", retired: this.retired, retired_url: "/practice/" };
  }

  private bank(): object {
    return { id: BANK, title: "Privacy", summary: "", language: "nl", until: "2028-01-01T00:00:00Z", questions: this.questions.length, seen: 0, due: 0, waiting: 12, percent: 0, minutes: 4, usual: 12, behind: this.behind };
  }

  private start(withRounds: boolean): object {
    const open = this.isOpen && withRounds;
    const rounds = open ? [this.round(12)] : [];
    return { banks: this.isOpen ? [this.bank()] : [], days: ["2027-01-13"], rounds, masteries: open ? [this.mastery()] : [], asks_reminders: this.asks };
  }

  private round(size?: number): RoundOut {
    const unseen = this.questions.filter(({ card }) => !card).length;
    return { ...pace(this.now().toISOString(), { unseen }), questions: structuredClone(this.questions.slice(0, size)) };
  }

  private mastery(): object {
    const topic = (id: string): object => ({ id, title: id, questions: this.questions.length / 2, seen: 0, due: 0, percent: 0, exam: null });
    return { bank: BANK, now: this.now().toISOString(), questions: this.questions.length, seen: 0, due: 0, percent: 0, exam_on: null, exam: null, topics: [topic("t0"), topic("t1")] };
  }

  private take(sent: Sent[]): Response {
    if (sent.some((each) => JSON.stringify(each.answer).includes("does not fit"))) return json({ code: "does_not_fit" }, 422);
    return json({ now: this.now().toISOString(), answers: sent.map((each) => this.one(each)) });
  }

  private one(each: Sent): object {
    const told = { id: each.id, question: each.question, outcome: null, remarks: [] as string[], due_at: null, version: 1 };
    if (this.answers.has(each.id)) return { ...told, fate: "repeated" };
    const question = this.questions.find(({ id }) => id === each.question);
    if (!question) return { ...told, fate: "withdrawn" };
    if (Date.parse(each.at) > this.now().getTime() + 86_400_000) return { ...told, fate: "clock" };
    this.answers.set(each.id, each);
    const right = each.answer.choice?.[0] === "true";
    question.card = this.card(question.card, right, new Date(Math.min(Date.parse(each.at), this.now().getTime())));
    const remarks = question.version === each.version ? [] : ["changed"];
    return { ...told, fate: "kept", outcome: right ? "right" : "wrong", remarks, version: question.version };
  }

  private card(before: Card | null, right: boolean, at: Date): Card {
    const memory = review(memoryOf(before), right, at, planOf(pace(this.now().toISOString())));
    return {
      stability: memory.stability,
      difficulty: memory.difficulty,
      state: memory.state,
      step: memory.step,
      last_review: memory.lastReview.toISOString(),
      due_at: memory.dueAt.toISOString(),
      reps: (before?.reps ?? 0) + 1,
      lapses: 0,
    };
  }
}

function json(told: unknown, status = 200): Response {
  return new Response(JSON.stringify(told), { status, headers: { "Content-Type": "application/json" } });
}

/** What a browser makes of being sent elsewhere, when it was told not to follow. */
function redirected(): Response {
  return Object.defineProperty(new Response(null), "type", { value: "opaqueredirect" });
}
