import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createMetrics } from "#lib/operations/metrics/instruments.ts";

const read = (file: string) => readFileSync(`docs/monitoring/${file}`, "utf8");

/** As they stand in an expression: a histogram by its parts. */
const named = (text: string) =>
  new Set(
    [...text.matchAll(/\b(?:rollbook|nodejs|process)_\w+/g)].map(([name]) =>
      name.replace(/_(bucket|count|sum)$/, ""),
    ),
  );

async function offered(): Promise<Set<string>> {
  const { registry } = createMetrics();
  return new Set((await registry.getMetricsAsJSON()).map(({ name }) => name));
}

test.each(["dashboard.json", "alerts.json"])("%s asks for metrics that there are", async (file) => {
  const metrics = await offered();
  const asked = named(JSON.stringify(JSON.parse(read(file))));
  expect(asked.size).toBeGreaterThan(4);
  expect([...asked].filter((name) => !metrics.has(name))).toEqual([]);
});

test("the page names each metric of ours", async () => {
  const ours = [...(await offered())].filter((name) => name.startsWith("rollbook_"));
  expect(ours.length).toBeGreaterThan(5);
  expect(ours.filter((name) => !read("README.md").includes(`\`${name}`))).toEqual([]);
});

test("registrations beyond the first two hundred share one series", async () => {
  const { watch, registry } = createMetrics();
  for (let index = 0; index < 250; index++)
    watch.tookToken({ registrationId: `registration-${index}`, origin: "cache" });
  const { values } = await registry.getSingleMetric("rollbook_tokens_taken_total")!.get();
  expect(values).toHaveLength(201);
  expect(values.find(({ labels }) => labels.registration === "other")?.value).toBe(50);
});
