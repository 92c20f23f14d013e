import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { openChangeStream } from "../../../app/_server/rest/streams/change-stream.ts";
import { GET } from "../../../app/api/events/route.ts";
import type { Change } from "#lib/db/changes.ts";
import { shutDown } from "#lib/shutdown.ts";
import { requestOf, startApi, type Api } from "#tests/support/api.ts";
import { createRegistration } from "./inputs.ts";

describe("a change stream", () => {
  let tell: (change: Change) => void = () => {};
  const unsubscribe = vi.fn();
  const reader = new AbortController();
  const open = (options: { isStillWelcome?: () => Promise<boolean>; signal?: AbortSignal } = {}) =>
    reading(
      openChangeStream({
        subscribe(listener) {
          tell = listener;
          return unsubscribe;
        },
        isStillWelcome: async () => true,
        signal: reader.signal,
        coalesceMs: 20,
        heartbeatMs: 60,
        ...options,
      }),
    );
  afterEach(() => unsubscribe.mockClear());

  test("tells many changes at once, and each object once", async () => {
    const events = open();
    for (let index = 0; index < 50; index++) tell({ runId: "r", courseId: `c${index % 2}` });
    const told = await events.until("courseIds");
    expect(told.match(/event: change/g)).toHaveLength(1);
    expect(told).toContain(
      `{"runIds":["r"],"registrationIds":[],"courseIds":["c0","c1"],"operationIds":[]}`,
    );
    await events.cancel();
  });

  test("keeps what changes while its reader is slow", async () => {
    const events = open();
    for (const runId of ["a", "b", "c"]) {
      tell({ runId });
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    const told = await events.until(`"c"`);
    for (const runId of ["a", "b", "c"]) expect(told).toContain(`"${runId}"`);
    await events.cancel();
  });

  test("beats while nothing changes", async () => {
    const events = open();
    await events.until(": still here\n\n");
    await events.cancel();
  });

  test("ends when its reader may no longer know", async () => {
    const events = open({ isStillWelcome: async () => false });
    await events.toEnd();
    expect(unsubscribe).toHaveBeenCalledOnce();
  });

  test("ends after a gap in what it hears, so that its reader reads everything anew", async () => {
    const events = open();
    tell({});
    await events.toEnd();
    expect(unsubscribe).toHaveBeenCalledOnce();
  });

  test("hears no more when its reader is gone", async () => {
    await open().cancel();
    await vi.waitFor(() => expect(unsubscribe).toHaveBeenCalledOnce());
    const gone = new AbortController();
    const events = open({ signal: gone.signal });
    gone.abort();
    await events.toEnd();
    expect(unsubscribe).toHaveBeenCalledTimes(2);
    await open({ signal: AbortSignal.abort() }).toEnd();
    expect(unsubscribe).toHaveBeenCalledTimes(3);
  });
});

describe("GET /api/events", () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.stop());

  test("is refused without an API key or a session", async () => {
    const response = await GET(requestOf("GET", "/api/events", { key: null }));
    expect(response.status).toBe(401);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
  });

  test("tells of a change that another request made, in a form that no proxy holds back", async () => {
    const response = await GET(requestOf("GET", "/api/events"));
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("no-cache, no-transform");
    expect(response.headers.get("x-accel-buffering")).toBe("no");
    const events = reading(response.body);
    const { id } = await createRegistration(api);
    expect(await events.until("event: change")).toContain(
      `event: change\ndata: {"runIds":[],"registrationIds":["${id}"],"courseIds":[],"operationIds":[]}\n\n`,
    );
    await events.cancel();
  });

  test("goes on from a moment of the last minute, and says when it cannot", async () => {
    // The route looks two seconds further back than it is asked to.
    const since = Date.now() + 2_000;
    const { id } = await createRegistration(api);
    const late = reading((await GET(requestOf("GET", `/api/events?since=${since}`))).body);
    expect(await late.until(id)).toContain(`"registrationIds":["${id}"`);
    await late.cancel();
    for (const unknown of [since - 3_600_000, "yesterday"]) {
      const lost = reading((await GET(requestOf("GET", `/api/events?since=${unknown}`))).body);
      await lost.until("event: missed\ndata: {}\n\n");
      await lost.cancel();
    }
  });

  test("is open twenty times for one who asks, and one more when one has ended", async () => {
    const opened = await Promise.all(
      Array.from({ length: 21 }, async () => GET(requestOf("GET", "/api/events"))),
    );
    const refused = opened.filter(({ status }) => status === 429);
    expect(refused.length).toBe(1);
    expect(refused[0]!.headers.get("retry-after")).toBe("5");
    const [first, ...others] = opened.filter(({ status }) => status === 200);
    await first!.body?.cancel();
    const again = await GET(requestOf("GET", "/api/events"));
    expect(again.status).toBe(200);
    for (const { body } of [again, ...others]) await body?.cancel();
  });

  // The last one: nothing is streamed in a process that is to end.
  test("ends when the process is told to, before anything else does", async () => {
    const events = reading((await GET(requestOf("GET", "/api/events"))).body);
    await events.until("retry: 1000");
    await shutDown();
    expect(await events.toEnd()).toBe("retry: 1000\n\n");
  });
});

function reading(body: ReadableStream<Uint8Array> | null) {
  if (!body) throw new Error("the answer has no body");
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  const read = async (isEnough: () => boolean) => {
    while (!isEnough()) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
    return text;
  };
  return {
    until: (part: string) => read(() => text.includes(part)),
    toEnd: () => read(() => false),
    cancel: () => reader.cancel(),
  };
}
