import { request as httpRequest } from "node:http";
import { describe, expect, test } from "vitest";
import { MEDIA, type FaultInput } from "./index.ts";
import { usePlatform } from "./testing/use-platform.ts";

describe("a platform that fails on the wire", () => {
  const stage = usePlatform();
  const misbehave = (fault: FaultInput) => stage.platform.misbehave(fault);

  test.each<[FaultInput, number, RegExp]>([
    [{ kind: "error_page" }, 500, /<h1>500 Internal Server Error/],
    [{ kind: "error_page", status: 503, title: "Service Unavailable" }, 503, /<h1>503/],
    [{ kind: "error_json", status: 400, body: { error: "x" } }, 400, /^\{"error":"x"\}$/],
    [{ kind: "wrong_context" }, 401, /Access Token not linked to a Tool associated with this/],
    [{ kind: "strip_authorization" }, 401, /no token/],
    [{ kind: "forbidden", words: "course is unpublished" }, 403, /course is unpublished/],
    [{ kind: "not_found" }, 404, /no such resource/],
    [{ kind: "rate_limited", as: "canvas_403" }, 403, /Rate Limit Exceeded/],
    [{ kind: "rate_limited" }, 429, /slow down/],
    [{ kind: "error_after" }, 502, /<h1>502 Bad Gateway/],
  ])("answers %o", async (fault, status, words) => {
    await misbehave({ ...fault, times: 1 });

    const spoilt = await stage.readMembers();
    const whole = await stage.readMembers();

    expect([spoilt.status, whole.status]).toEqual([status, 200]);
    expect(await spoilt.text()).toMatch(words);
  });

  test("tells in seconds, by date or not at all when to come again", async () => {
    const ask = async (as: "429_seconds" | "429_date" | "429_bare") => {
      await misbehave({ kind: "rate_limited", as, retryAfterSec: 7 });
      return (await stage.readMembers()).headers.get("retry-after");
    };

    expect(await ask("429_seconds")).toBe("7");
    expect(Date.parse((await ask("429_date")) ?? "")).toBeGreaterThan(Date.now() + 5_000);
    expect(await ask("429_bare")).toBeNull();
  });

  test("throttles above a rate and lets in again who waits", async () => {
    await misbehave({ kind: "throttle", perSec: 5, burst: 2 });

    const burst = await Promise.all([1, 2, 3].map(() => stage.readMembers()));
    expect(burst.map(({ status }) => status).sort()).toEqual([200, 200, 429]);

    await new Promise((resolve) => setTimeout(resolve, 210));
    expect((await stage.readMembers()).status).toBe(200);
  });

  test("cuts the connection before a score was taken, or after", async () => {
    await misbehave({ kind: "cut", when: "before", route: "scores", times: 1 });
    await expect(stage.postScore()).rejects.toThrow("fetch failed");
    expect(await stage.platform.scoresOf({ lineItem: stage.lineItem })).toHaveLength(0);

    await misbehave({ kind: "cut", when: "after", route: "scores", times: 1 });
    await expect(stage.postScore()).rejects.toThrow("fetch failed");
    expect(await stage.platform.scoresOf({ lineItem: stage.lineItem })).toHaveLength(1);
    expect(await stage.platform.counts()).toMatchObject({ cut: 2 });
  });

  test("answers 502 for a score that it took", async () => {
    await misbehave({ kind: "error_after", route: "scores" });

    expect((await stage.postScore()).status).toBe(502);
    expect(await stage.platform.counts()).toMatchObject({ scoresAccepted: 1 });
  });

  test("cuts in the middle of the body, and truncates JSON", async () => {
    await misbehave({ kind: "cut", when: "during", times: 1 });
    const broken = await stage.readMembers();
    await expect(broken.text()).rejects.toThrow("terminated");

    await misbehave({ kind: "truncated_json" });
    const truncated = await stage.readMembers();
    await expect(truncated.json()).rejects.toThrow(SyntaxError);
  });

  test("answers late, before or after it acted", async () => {
    await misbehave({ kind: "delay", ms: 200, when: "after", route: "scores" });
    const startedMs = performance.now();
    const posting = stage.postScore();
    await new Promise((resolve) => setTimeout(resolve, 100));

    expect(await stage.platform.counts()).toMatchObject({ scoresAccepted: 1 });
    await posting;
    expect(performance.now() - startedMs).toBeGreaterThan(190);
  });

  test("sends another content type, rate-limit headers and a huge body", async () => {
    await misbehave({ kind: "content_type" });
    await misbehave({ kind: "rate_limit_headers", remaining: 12.5, cost: 1.5 });
    await misbehave({ kind: "huge_body", bytes: 1_000_000 });

    const response = await stage.readMembers();

    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("x-rate-limit-remaining")).toBe("12.5");
    expect(response.headers.get("x-request-cost")).toBe("1.5");
    expect((await response.text()).length).toBeGreaterThan(1_000_000);
  });

  test("compresses for who accepts it, and for nobody else", async () => {
    await stage.platform.misbehave({ kind: "gzip" });
    const read = (coding: string) =>
      fetch(stage.course.membershipsUrl, {
        headers: {
          Authorization: `Bearer ${stage.token}`,
          Accept: MEDIA.memberships,
          "Accept-Encoding": coding,
        },
      });
    const compressed = await read("gzip");
    expect(compressed.headers.get("content-encoding")).toBe("gzip");
    expect(await compressed.json()).toHaveProperty("members");
    expect((await read("identity")).headers.get("content-encoding")).toBeNull();
  });

  test("redirects on its own origin and to another one", async () => {
    await misbehave({ kind: "redirect", times: 1 });
    expect((await stage.readMembers()).url).toMatch(/^http:\/\/127\.0\.0\.1.*redirected=1/);

    await misbehave({ kind: "redirect", to: "cross_origin", times: 1 });
    await stage.readMembers();
    const [last] = await stage.platform.requests({ last: 1 });
    expect(last?.host).toMatch(/^localhost:/);
    expect(last?.headers["authorization"]).toBeUndefined();
  });

  test("wants a User-Agent", async () => {
    await misbehave({ kind: "require_user_agent" });

    const status = await new Promise((resolve) => {
      httpRequest(stage.course.membershipsUrl, (response) => resolve(response.statusCode)).end();
    });

    expect(status).toBe(403);
    expect((await stage.readMembers()).status).toBe(200);
  });

  test("does not serve its own keys", async () => {
    await misbehave({ kind: "error_page", route: "jwks", times: 1 });

    expect((await fetch(stage.platform.jwksUrl)).status).toBe(500);
    expect(await (await fetch(stage.platform.jwksUrl)).json()).toEqual({
      keys: [expect.objectContaining({ kty: "RSA", kid: expect.any(String) })],
    });
  });
});
