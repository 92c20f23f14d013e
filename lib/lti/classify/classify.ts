import { ACCESS_RULES } from "./rules/access-rules.ts";
import type { Rule } from "./rules/evidence.ts";
import { FAILURE_RULES } from "./rules/failure-rules.ts";
import { SCORE_RULES } from "./rules/score-rules.ts";
import { REMAINING_RULES, STATUS_RULES } from "./rules/status-rules.ts";
import type { ClassifyInput, Verdict } from "./verdict.ts";

const RULES: readonly Rule[] = [
  ...FAILURE_RULES,
  ...STATUS_RULES,
  ...ACCESS_RULES,
  ...SCORE_RULES,
  ...REMAINING_RULES,
];

/**
 * Says what a platform's answer means and what may be done about it.
 *
 * The first matching row of one table decides, so that sync runs and the connection test
 * cannot disagree. Pure: no clock, no request.
 */
export function classifyResponse(input: ClassifyInput): Verdict {
  const evidence = {
    ...input,
    status: input.status ?? 0,
    body: input.body ?? "",
    header: (name: string) => input.headers?.get(name) ?? null,
    words: memoized(() => wordsOf(input)),
  };
  const rule = RULES.find((row) => row.when(evidence));
  return rule
    ? { rule: rule.name, ...rule.verdict(evidence) }
    : { rule: "anything else", code: "lti.request_rejected" };
}

/** Names of all rows, in order, for documentation and tests. */
export function classifierRules(): { name: string; source: string }[] {
  return RULES.map(({ name, source }) => ({ name, source }));
}

/** Most replies are accepted before anybody looks at their words. */
function memoized(make: () => string): () => string {
  let made: string | undefined;
  return () => (made ??= make());
}

function wordsOf(input: ClassifyInput): string {
  const challenge = input.headers?.get("www-authenticate") ?? "";
  return `${challenge}\n${input.reason ?? ""}\n${(input.body ?? "").slice(0, 4_000)}`.toLowerCase();
}
