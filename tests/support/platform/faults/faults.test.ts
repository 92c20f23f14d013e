import { describe, expect, test } from "vitest";
import { Faults, faultSchema, type Facts, type FaultInput } from "./faults.ts";

const facts: Facts = { route: "scores", method: "POST", clientId: "a", userId: "u" };

function faultsWith(...inputs: FaultInput[]): Faults {
  const faults = new Faults();
  for (const input of inputs) faults.add(faultSchema.parse(input));
  return faults;
}

function hits(faults: Faults, count: number): boolean[] {
  return Array.from({ length: count }, () => faults.take("forbidden", facts) !== undefined);
}

describe("Faults", () => {
  test("hits every request unless limited", () => {
    expect(hits(faultsWith({ kind: "forbidden" }), 3)).toEqual([true, true, true]);
  });

  test("hits from one request on, so many times", () => {
    const faults = faultsWith({ kind: "forbidden", from: 2, times: 2 });

    expect(hits(faults, 5)).toEqual([false, true, true, false, false]);
  });

  test("hits each n-th request", () => {
    const faults = faultsWith({ kind: "forbidden", every: 3 });

    expect(hits(faults, 6)).toEqual([false, false, true, false, false, true]);
  });

  test("counts only the requests that it is for", () => {
    const faults = faultsWith({ kind: "forbidden", userId: "u", from: 2 });

    faults.take("forbidden", { ...facts, userId: "v" });
    expect(hits(faults, 2)).toEqual([false, true]);
    expect(faults.list()).toMatchObject([{ matched: 2, applied: 1 }]);
  });

  test.each<[FaultInput]>([
    [{ kind: "forbidden", clientId: "b" }],
    [{ kind: "forbidden", route: "results" }],
    [{ kind: "forbidden", method: "GET" }],
    [{ kind: "forbidden", contextId: "c" }],
    [{ kind: "forbidden", lineItem: "l" }],
    [{ kind: "wrong_context" }],
  ])("lets other requests through: %o", (input) => {
    expect(hits(faultsWith(input), 1)).toEqual([false]);
  });

  test("prefers the newest, and goes back to the older one when it is spent or removed", () => {
    const faults = faultsWith({ kind: "forbidden", words: "old" });
    faults.add(faultSchema.parse({ kind: "forbidden", words: "spent", times: 1 }));
    const id = faults.add(faultSchema.parse({ kind: "forbidden", words: "removed" }));

    expect(faults.take("forbidden", facts)?.words).toBe("removed");
    faults.remove(id);
    expect(faults.take("forbidden", facts)?.words).toBe("spent");
    expect(faults.take("forbidden", facts)?.words).toBe("old");
  });

  test("refuses a fault that it does not know, or with a field too many", () => {
    expect(faultSchema.safeParse({ kind: "explode" }).success).toBe(false);
    expect(faultSchema.safeParse({ kind: "cut", ms: 5 }).success).toBe(false);
  });
});
