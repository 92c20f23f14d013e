import { expect, test } from "@playwright/test";
import { overBar, readRecorded } from "./weight/bars.ts";
import { measureRoutes } from "./weight/measure.ts";

test("no route's first load brings more JavaScript than its bar", () => {
  const weights = measureRoutes();
  expect(weights.length).toBeGreaterThan(40);
  const recorded = readRecorded();
  // After a change that is meant: npx tsx tests/e2e/weight/record.ts
  expect(weights.flatMap((weight) => overBar(weight, recorded) ?? [])).toEqual([]);
});

test("what is too heavy is named with the parts that grew, the most grown first", () => {
  const weight = {
    route: "/login",
    bytes: 180_000,
    parts: { shared: 140_000, "components/auth/form.tsx": 30_000, "components/ui/new.tsx": 10_000 },
  };
  const recorded = { "/login": { shared: 139_500, "components/auth/form.tsx": 5_000 } };
  expect(overBar(weight, recorded)).toBe(
    "/login: 180.0 kB of 150.0 kB: components/auth/form.tsx +25.0 kB to 30.0 kB; components/ui/new.tsx +10.0 kB to 10.0 kB",
  );
  expect(overBar({ ...weight, bytes: 150_000 }, recorded)).toBeUndefined();
});
