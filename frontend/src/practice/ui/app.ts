// The app: whose store lies here, which screen is shown, and when answers are brought away.
import { LitElement, html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { Crashes } from "../../crash";
import { byCalls } from "../faults";
import { Calls } from "../calls";
import { Clock, dayOf } from "../clock";
import { dropMedia, keepMedia } from "../media";
import { leaveTrace, mayOpen, traceOf, unsent, wipe, wipeUntraced } from "../private";
import { Sitting, streak } from "../sitting";
import type { Wanted } from "../sitting";
import { Store, isFull } from "../store";
import type { Choices, Home, OpenRound } from "../store";
import { Sync, greeting, stocksOf } from "../sync";
import type { Greeting, News } from "../sync";
import { startWorker } from "../updating";
import { count, say, speak } from "../words";
import { holdLinks, markLinks } from "./away";
import { end } from "./end";
import { hear } from "./hearing";
import { CARDS, home } from "./home";
import type { Stocked } from "./home";
import { drawing, idle } from "./later";
import type { InstallOffer } from "./later";
import { drawFrom, notice } from "./parts";
import { broken, loading, standing, unopened } from "./states";
import { QUIET, stockOf } from "./stock";

type Screen = "loading" | "home" | "round" | "end" | "unopened" | "broken";
const SOON = 3_000; // milliseconds after an answer; quick answers go together
const LOOK_AGAIN = 60_000; // milliseconds between two looks at a store that nobody touches

/** `<lh-practice>`: the whole of the page of the app. */
export class LhPractice extends LitElement {
  private screen: Screen = "loading";
  private store: Store | null = null;
  private sync: Sync | null = null;
  private calls!: Calls;
  private stopHearing: (() => void) | null = null;
  private stopTelling: (() => void) | null = null;
  private stopHolding: (() => void) | null = null;
  private isHeld = false; // whether somebody pressed a link that leads nowhere now
  private readonly clock = new Clock();
  private sitting: Sitting | null = null;
  private banks: Stocked[] = [];
  private home: Home | null = null;
  private round: OpenRound | null = null;
  private choices: Choices = QUIET;
  private news: News | null = null;
  private told: { tone: "note" | "care"; words: string }[] = [];
  private waiting = 0;
  private answeredAt: string[] = []; // when each of those that wait was given
  private kept = false;
  private offer: InstallOffer | null = null;
  private takeOver: (() => void) | null = null;
  private isReloading = false;
  private isFull = false; // the device, for answers
  private lacksRoom = false; // and for pictures
  private isBroken = false; // something failed that is no full device
  private crashes!: Crashes;
  private hasWorker = false;
  private isLeaving = false;
  private isWelcome = false; // whether what is shown is not yet in the store
  private ready: Promise<void> = Promise.resolve(); // until it is
  private unlock: () => void = () => {};
  private cards = 1; // how many of the home are drawn: the one with the button that begins comes first
  private soon = 0;

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const words = document.getElementById("app-words")?.textContent ?? "{}";
    speak(JSON.parse(words) as Record<string, string>, document.documentElement.lang);
    drawFrom(this.dataset.icons ?? "");
    this.calls = new Calls(this.dataset.about ?? "");
    this.stopHearing = hear({
      online: this.bring,
      offline: () => this.requestUpdate(),
      seen: this.onVisible,
      back: this.onBack,
      offer: this.onOffer,
    });
    this.replaceChildren(); // what stood here until the app came
    this.crashes = new Crashes(byCalls(this.dataset.version ?? "", this.calls));
    this.stopTelling = this.crashes.start(window);
    this.stopHolding = holdLinks(() => this.isAway, () => this.hold());
    void this.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopTelling?.();
    this.stopHolding?.();
    this.stopHearing?.();
    this.sync?.stop();
  }

  /** Open the store that is here, if it may be opened; the server then says whether it is still this person's. */
  private async start(): Promise<void> {
    const trace = traceOf();
    const greeted = trace ? undefined : greeting(this.calls);
    greeted?.then(this.welcome).catch(() => undefined); // what went wrong is told by bringing and fetching
    try {
      if (trace && !mayOpen(trace)) await wipe();
      else await wipeUntraced();
      await this.open();
    } catch (fault) {
      this.crashes.note(fault);
      this.show("broken");
      return;
    }
    if (!this.isWelcome && (this.banks.length || this.home)) {
      await this.firstScreen();
      void this.settle();
    }
    const isMine = await this.greet(greeted);
    void this.settle();
    if (!isMine) return;
    if (this.screen === "loading") await this.firstScreen();
    navigator.storage?.persist?.().catch(() => false); // asked of the browser, which may say no
  }

  /** Once one can begin: the rest of the page, and the worker, of which nothing is needed to begin. */
  private async settle(): Promise<void> {
    await this.updateComplete;
    await idle();
    drawing().catch(() => undefined);
    while (this.cards < CARDS.length) {
      this.cards += 1; // one at a time: a slow telephone hears a finger between them
      this.requestUpdate();
      await this.updateComplete;
      await idle();
    }
    if (this.hasWorker || this.isLeaving) return;
    this.hasWorker = true;
    void startWorker(this.dataset.worker ?? "", { ready: this.onReady, changed: this.onChanged });
  }

  private async open(): Promise<void> {
    this.store = await Store.open(dropMedia);
    const owner = await this.store.get("owner");
    if (owner) {
      this.clock.restore(owner.offset);
      this.kept = owner.kept;
    }
    const wanted = async (addresses: string[]): Promise<void> => {
      const who = (await this.store?.get("owner"))?.who;
      this.lacksRoom = Boolean(who) && !(await keepMedia(who!, addresses));
    };
    this.sync = new Sync(this.store, this.calls, this.clock, this.onNews, { wanted, arrived: this.onArrived, owned: leaveTrace });
    await this.look();
  }

  /** Ask who is signed in and fetch what comes next; false where this page has to be left. */
  private async greet(greeted?: Promise<Greeting>): Promise<boolean> {
    try {
      const news = await this.sync!.now(greeted ? { greeted } : {});
      if (news.state === "away" && !this.banks.length) this.show("unopened");
      return news.state === "done";
    } catch (fault) {
      this.failed(fault); // of the device itself: without a connection it says so
      return true;
    } finally {
      this.isWelcome = false;
      this.unlock();
    }
  }

  /**
   * Show on a first visit what came to begin with while the store is still being made: on a slow telephone that takes
   * as long as all the rest. Whoever presses a button meanwhile waits for it.
   */
  private readonly welcome = ({ asked, about, start }: Greeting): void => {
    const stocks = stocksOf(start);
    if (this.screen !== "loading" || this.banks.length || !stocks.length || location.hash) return;
    this.clock.adjust(about.now, asked);
    this.banks = stocks.map(({ kept: bank, questions }) => ({ bank, questions }));
    this.home = { about, days: start.days, asks: start.asks_reminders, at: 0 };
    this.kept = about.kept;
    this.ready = new Promise((done) => (this.unlock = done));
    this.isWelcome = true;
    this.show("home");
  };

  private async firstScreen(): Promise<void> {
    const { hash } = location;
    const resumed = this.round && !this.round.over ? await Sitting.resume(this.store!, this.clock) : null;
    if (hash === "#begin" && resumed) return this.play(resumed);
    if (hash === "#begin" && this.banks[0]) return this.begin(this.banks[0].bank.id, { kind: "usual" });
    if (hash === "#round" && resumed) return this.play(resumed);
    this.show("home");
  }

  /** The first questions are here: that is enough to begin. */
  private readonly onArrived = async (): Promise<void> => {
    if (this.screen !== "loading" && !this.isWelcome) return;
    await this.look();
    if (!this.isWelcome) await this.firstScreen();
    this.isWelcome = false;
    this.unlock();
    drawing().catch(() => undefined);
    await this.updateComplete;
    await idle();
  };

  /** Read anew what the store holds. */
  private async look(): Promise<void> {
    const stock = await stockOf(this.store!);
    if (!this.isWelcome || stock.banks.length) {
      this.banks = stock.banks;
      this.home = stock.home;
    }
    this.round = stock.round;
    this.choices = stock.choices;
    this.waiting = stock.answeredAt.length;
    this.answeredAt = stock.answeredAt;
    this.requestUpdate();
  }

  private show(screen: Screen): void {
    this.screen = screen;
    const address = screen === "round" ? "#round" : location.pathname;
    if (screen === "round" && location.hash !== "#round") history.pushState(null, "", address);
    if (screen !== "round" && location.hash) history.replaceState(null, "", address);
    if (screen === "home" || screen === "end") this.takeOver?.();
    this.requestUpdate();
    if (screen === "end") void this.updateComplete.then(() => this.querySelector<HTMLElement>("#end")?.focus());
    window.scrollTo({ top: 0 });
  }

  private readonly begin = async (bank: string, wanted: Wanted): Promise<void> => {
    await this.ready;
    const sitting = await Sitting.begin(this.store!, this.clock, bank, wanted);
    if (sitting) await this.play(sitting);
  };

  private readonly goOn = async (): Promise<void> => {
    const sitting = await Sitting.resume(this.store!, this.clock);
    if (sitting) await this.play(sitting);
    else await this.toHome();
  };

  private async play(sitting: Sitting): Promise<void> {
    try {
      await drawing();
    } catch (fault) {
      this.failed(fault);
      return this.show("home");
    }
    this.sitting = sitting;
    this.told = []; // it was read before
    this.show("round");
  }

  private readonly toHome = async (): Promise<void> => {
    await this.look();
    this.show("home");
    this.sitting = null;
  };

  private readonly onOver = async (): Promise<void> => {
    await this.look();
    this.show("end");
    void this.bring();
  };

  private readonly bring = (): void => {
    void this.sync?.now({ fetch: this.screen !== "round" }).catch(this.failed);
    this.requestUpdate();
  };

  /** A device that is full is told as that; anything else is a fault of ours, and is reported where that is allowed. */
  private readonly failed = (fault: unknown): void => {
    if (!this.isConnected) return; // it was closed meanwhile, and its store with it
    if (isFull(fault)) this.isFull = true;
    else {
      this.isBroken = true;
      this.crashes.note(fault);
    }
    this.requestUpdate();
  };

  /** A page of the server was asked for, and there was no connection; perhaps there is one again. */
  private hold(): void {
    this.isHeld = true;
    this.bring();
    window.scrollTo({ top: 0 }); // where it is said
  }

  override updated(): void {
    markLinks(this.isAway);
    if (!this.isAway) this.isHeld = false;
  }

  private readonly onVisible = (): void => {
    const looked = this.home?.at ?? 0;
    if (document.visibilityState === "hidden" || Date.now() - looked > LOOK_AGAIN) this.bring();
  };

  private readonly onBack = (): void => {
    if (this.screen === "round" && location.hash !== "#round") void this.toHome();
    else if (this.screen !== "round" && location.hash === "#round") void this.goOn();
  };

  private readonly onNews = (news: News): void => {
    this.news = news;
    this.waiting = news.waiting;
    if (news.state === "out" || news.state === "other") {
      void this.leave(news.state);
      return;
    }
    if (news.lost.clock) this.warn(count("lost_clock", news.lost.clock));
    if (news.lost.closed) this.warn(count("lost_closed", news.lost.closed));
    if (news.lost.unreadable) this.warn(count("lost_unreadable", news.lost.unreadable));
    if (news.state === "done") this.trust().catch(this.failed);
    this.requestUpdate();
  };

  private warn(words: string): void {
    this.told.push({ tone: "care", words });
  }

  /** The server said whose this is: show what came. */
  private async trust(): Promise<void> {
    const owner = await this.store?.get("owner");
    if (!owner) return;
    this.kept = owner.kept;
    if (this.screen !== "round") await this.look();
    if (this.screen === "unopened") await this.firstScreen();
  }

  /** Somebody else is signed in, or nobody: nothing of this stays here. */
  private async leave(state: "out" | "other"): Promise<void> {
    this.isLeaving = true;
    this.sync?.stop();
    this.store?.close();
    const lost = await wipe();
    if (state === "other") location.reload();
    else location.assign(`${this.dataset.signIn ?? "/"}?next=${encodeURIComponent(location.pathname)}${unsent(lost)}`);
  }

  private readonly onReady = (take: () => void): void => {
    if (this.screen === "round") {
      this.takeOver = take;
      this.requestUpdate();
    } else take();
  };

  private readonly onChanged = (): void => {
    if (this.screen === "round" || this.isReloading) return;
    this.isReloading = true;
    location.reload();
  };

  private readonly onOffer = (offer: InstallOffer): void => {
    this.offer = offer;
    this.requestUpdate();
  };

  private readonly install = (): void => {
    void this.offer?.prompt();
    this.offer = null;
    this.requestUpdate();
  };

  /** Do not ask about reminders again; the academy hears it as soon as there is a connection. */
  private async decline(): Promise<void> {
    await this.ready;
    if (!this.home || !this.store) return;
    this.home = { ...this.home, asks: false };
    this.told.push({ tone: "note", words: say("remind_declined") });
    await this.store.set("home", this.home);
    await this.store.addMark({ bank: "", question: "", what: "no_reminders", trouble: "" });
    this.bring();
  }

  private readonly choose = async (changed: Partial<Choices>): Promise<void> => {
    this.choices = { ...this.choices, ...changed };
    await this.ready;
    await this.store?.set("choices", this.choices);
    this.requestUpdate();
  };

  private get isAway(): boolean {
    return !navigator.onLine || this.news?.state === "away";
  }

  private get days(): string[] {
    const zone = this.banks[0]?.bank.pace.zone ?? "Europe/Amsterdam";
    const here = this.round?.given.length ? [dayOf(new Date(this.round.begunAt + this.clock.offset), zone)] : [];
    const waiting = this.answeredAt.map((at) => dayOf(new Date(at), zone)); // the server does not know of these yet
    return [...new Set([...(this.home?.days ?? []), ...here, ...waiting])].sort();
  }

  override render(): TemplateResult {
    return html`${this.bar()}${this.told.map(({ tone, words }) => notice(tone, words))}${this.body()}`;
  }

  /** What somebody has to know while they answer: no connection, what waits, a device that is full, a new version. */
  private bar(): TemplateResult | typeof nothing {
    const { waiting } = this;
    const { isAway } = this;
    const lines: [string, string][] = [];
    if (isAway && this.screen !== "unopened") lines.push(["wifi-off", waiting ? count("away_waiting", waiting) : say("away")]);
    if (isAway && this.isHeld) lines.push(["info-circle", say("needs_connection")]);
    if (isAway && waiting && !this.kept) lines.push(["alert-triangle", say("keep_browser_open")]);
    if (this.isFull || this.lacksRoom) lines.push(["alert-circle", say("device_full")]);
    if (this.isBroken) lines.push(["alert-circle", say("app_failed")]);
    if (this.takeOver) lines.push(["refresh", say("new_version")]);
    if (this.news?.offset) lines.push(["clock", say("clock_off")]);
    return lines.length ? standing(lines) : nothing;
  }

  private body(): TemplateResult {
    switch (this.screen) {
      case "loading":
        return loading();
      case "unopened":
        return unopened();
      case "broken":
        return broken(this.dataset.plain ?? "/");
      case "round":
        return html`<h1 class="visually-hidden">${say("practise")}</h1>
          <lh-round
          .sitting=${this.sitting}
          .choices=${this.choices}
          .clock=${this.clock}
          @answered=${this.onAnswered}
          @marked=${this.bring}
          @over=${this.onOver}
          @pause=${this.toHome}
          @trouble=${this.onTrouble}
        ></lh-round>`;
      case "end":
        return this.end();
      case "home":
        return this.homePage();
    }
  }

  private readonly onAnswered = (): void => {
    this.waiting += 1;
    this.isFull = this.isBroken = false; // this one was kept
    window.clearTimeout(this.soon);
    this.soon = window.setTimeout(this.bring, SOON);
    this.requestUpdate();
  };

  private readonly onTrouble = (event: CustomEvent<unknown>): void => this.failed(event.detail);

  private end(): TemplateResult {
    const sitting = this.sitting!;
    const zone = sitting.bank.pace.zone;
    return html`<h1 class="visually-hidden">${say("practise")}</h1>${end({
      growth: sitting.growth(),
      streak: streak(this.days, dayOf(this.clock.now(), zone)),
      again: () => void this.begin(sitting.bank.id, { kind: "usual" }),
      done: () => void this.toHome(),
    })}`;
  }

  private homePage(): TemplateResult {
    return html`<h1 class="app-title">${say("practise")}</h1>
      ${home({
        now: this.clock.now(),
        home: this.home,
        banks: this.banks,
        open: this.round,
        days: this.days,
        kept: this.kept,
        choices: this.choices,
        canInstall: this.offer !== null,
        whoSees: this.dataset.whoSees ?? "",
        reminders: this.dataset.reminders ?? "",
        together: this.dataset.together ?? "",
        reports: this.dataset.reports ?? "",
        isAway: this.isAway,
        decline: () => void this.decline(),
        begin: (bank, wanted) => void this.begin(bank, wanted),
        goOn: () => void this.goOn(),
        choose: (changed) => void this.choose(changed),
        install: this.install,
      }, this.cards)}`;
  }
}
