import { formatDuration } from "#lib/format.ts";
import type { TestStep } from "#lib/operations/connection-tests/schema.ts";

const MARKS: Record<TestStep["state"], string> = {
  waiting: "…",
  running: "…",
  passed: "passed",
  warned: "WARNING",
  failed: "FAILED",
  skipped: "skipped",
  not_reached: "not reached",
};

const OWNERS: Record<TestStep["owner"], string> = {
  nobody: "Nobody has to act",
  operator: "You act",
  rollbook: "Whoever runs Rollbook acts",
  platform_admin: "The LMS administrator acts",
  instructor: "The instructor acts",
  platform_vendor: "The LMS vendor acts",
  tool_developer: "Whoever runs the tool acts",
};

/** The steps that are over, in their order. */
export function endedSteps(steps: readonly TestStep[]): TestStep[] {
  return steps.filter(({ state }) => state !== "waiting" && state !== "running");
}

/** One step for a terminal: how it ended, and where it did not pass, why and who acts. */
export function stepText(step: TestStep): string {
  const took = step.durationMs === null ? "" : ` (${formatDuration(step.durationMs)})`;
  const lines = [
    `  ${MARKS[step.state].padEnd(12)} ${step.title}: ${step.summary}${took}`,
    ...(step.verbatim?.split("\n").map((line) => `> ${line}`) ?? []),
    ...(step.cause ? [step.state === "failed" ? `Likely: ${step.cause}` : step.cause] : []),
    ...(step.fix ? [`${OWNERS[step.owner]}: ${step.fix}`] : []),
  ];
  return lines.map((line, index) => (index === 0 ? line : `${" ".repeat(15)}${line}`)).join("\n");
}
