import { describe, expect, it } from "vitest";
import { Crashes, deviceFacts, reportOf, type Report } from "../src/crash";
import { Failed } from "../src/practice/calls";
import { byCalls } from "../src/practice/faults";

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

describe("the app", () => {
  const by = (said: unknown): ReturnType<typeof byCalls> => {
    const answer = async (): Promise<never> => {
      if (said instanceof Error) throw said;
      return said as never;
    };
    return byCalls("1", { get: answer, tell: answer });
  };

  it("asks whether it may", async () => {
    expect(await by({ allowed: true }).allowed()).toBe(true);
    expect(await by({ allowed: false }).allowed()).toBe(false);
  });

  it("takes a refusal for the last word, and trouble for a pause", async () => {
    const report = reportOf(new Error("x"), "1");
    const said = [undefined, new Failed("refused", 403), new Failed("refused", 422), new Failed("away", 429), new Failed("away")];
    expect(await Promise.all(said.map((each) => by(each).send(report)))).toEqual([true, true, true, false, false]);
  });
});
