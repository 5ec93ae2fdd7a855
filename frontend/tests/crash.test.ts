import { beforeEach, describe, expect, it, vi } from "vitest";
import { Crashes, byPage, deviceFacts, reportOf, type Report } from "../src/crash";

const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

function reporting(allowed = true, taken = true): { how: ConstructorParameters<typeof Crashes>[0]; sent: Report[] } {
  const sent: Report[] = [];
  const how = {
    version: "1.4.0",
    allowed: async () => allowed,
    send: async (report: Report) => {
      if (taken) sent.push(report);
      return taken;
    },
  };
  return { how, sent };
}

describe("faults of the app", () => {
  it("are told when that is switched on: those of the window and those of promises", async () => {
    const { how, sent } = reporting();
    const stop = new Crashes(how).start(window);
    window.dispatchEvent(new ErrorEvent("error", { error: new TypeError("no stem"), message: "no stem" }));
    const refused = new Event("unhandledrejection") as Event & { reason?: unknown };
    refused.reason = new RangeError("too far");
    window.dispatchEvent(refused);
    await settle();
    stop();
    expect(sent.map((each) => `${each.fault} ${each.message} ${each.version}`)).toEqual([
      "TypeError no stem 1.4.0",
      "RangeError too far 1.4.0",
    ]);
  });

  it("are let go of where it is not switched on", async () => {
    const { how, sent } = reporting(false);
    const crashes = new Crashes(how);
    crashes.note(new Error("nobody hears"));
    await settle();
    expect([sent.length, crashes.left]).toEqual([0, 0]);
  });

  it("are kept while there is no connection, five at most and each once", async () => {
    const { how } = reporting(true, false);
    const crashes = new Crashes(how);
    for (const message of ["a", "a", "b", "c", "d", "e", "f", "g"]) crashes.note(message);
    await settle();
    expect(crashes.left).toBe(5);
  });

  it("are brought when the connection is back", async () => {
    const sent: Report[] = [];
    let connected = false;
    const crashes = new Crashes({
      version: "1",
      allowed: async () => {
        if (!connected) throw new TypeError("no connection");
        return true;
      },
      send: async (report) => sent.push(report) > 0,
    });
    const stop = crashes.start(window);
    crashes.note(new Error("later"));
    await settle();
    expect([sent.length, crashes.left]).toEqual([0, 1]);
    connected = true;
    window.dispatchEvent(new Event("online"));
    await settle();
    stop();
    expect([sent.length, crashes.left]).toEqual([1, 0]);
  });

  it("are cut to a measure that the server takes", () => {
    const long = new Error("x".repeat(5_000));
    long.stack = "y".repeat(50_000);
    const report = reportOf(long, "1");
    expect([report.message.length, report.stack.length]).toEqual([1_000, 8_000]);
    expect(reportOf({ secret: "an object" }, "1").message).toBe("");
  });
});

describe("of the device", () => {
  it("is told what is coarse and nothing else", () => {
    document.documentElement.lang = "nl";
    expect(Object.keys(deviceFacts()).sort()).toEqual(["device", "language", "reduced_motion", "screen"]);
    expect(deviceFacts().language).toBe("nl");
  });
});

describe("a page", () => {
  const answers: Response[] = [];
  const asked: [string, RequestInit | undefined][] = [];
  beforeEach(() => {
    asked.length = answers.length = 0;
    vi.stubGlobal("fetch", async (at: string, init?: RequestInit) => {
      asked.push([at, init]);
      return answers.shift();
    });
    return () => vi.unstubAllGlobals();
  });

  it("asks whether it may, and sends its mark along", async () => {
    answers.push(new Response('{"allowed": true}'), new Response(null, { status: 204 }));
    const how = byPage("1", () => "the-mark");
    expect(await how.allowed()).toBe(true);
    expect(await how.send(reportOf(new Error("x"), "1"))).toBe(true);
    expect((asked[1]![1]!.headers as Record<string, string>)["X-CSRFToken"]).toBe("the-mark");
  });

  it("takes a refusal for the last word, and trouble for a pause", async () => {
    const how = byPage("1", () => "");
    const said = [];
    for (const status of [403, 422, 429, 503]) {
      answers.push(new Response(null, { status }));
      said.push(await how.send(reportOf("x", "1")));
    }
    expect(said).toEqual([true, true, false, false]);
    answers.push(new Response(null, { status: 401 }));
    expect(await how.allowed()).toBe(false);
  });
});
