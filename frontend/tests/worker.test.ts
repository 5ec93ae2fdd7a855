import { describe, expect, it } from "vitest";
import { part } from "../src/worker/media";

const film = (): Response => new Response("0123456789", { headers: { "Content-Type": "video/mp4" } });

async function told(range: string | null): Promise<[number, string, string | null]> {
  const answer = await part(film(), range);
  return [answer.status, await answer.text(), answer.headers.get("Content-Range")];
}

describe("a film that was kept", () => {
  it("is handed out whole when no part is asked for, or one that cannot be read", async () => {
    expect(await told(null)).toEqual([200, "0123456789", null]);
    expect(await told("bytes=a-b")).toEqual([200, "0123456789", null]);
    expect(await told("bytes=-")).toEqual([200, "0123456789", null]);
  });

  it("is handed out in the parts that a player asks for", async () => {
    expect(await told("bytes=0-")).toEqual([206, "0123456789", "bytes 0-9/10"]);
    expect(await told("bytes=2-4")).toEqual([206, "234", "bytes 2-4/10"]);
    expect(await told("bytes=8-99")).toEqual([206, "89", "bytes 8-9/10"]);
    expect(await told("bytes=-3")).toEqual([206, "789", "bytes 7-9/10"]);
  });

  it("has no part beyond its end", async () => {
    expect(await told("bytes=10-12")).toEqual([416, "", "bytes */10"]);
  });

  it("keeps its kind", async () => {
    expect((await part(film(), "bytes=0-1")).headers.get("Content-Type")).toBe("video/mp4");
  });
});
