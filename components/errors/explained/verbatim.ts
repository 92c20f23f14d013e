import type { Problem } from "#lib/operations/fields.ts";

/** What the platform itself said, as far as the error kept it. */
export function verbatimOf(problem: Problem): string | null {
  const said = (name: string) => {
    const fact = problem.detail?.[name];
    return typeof fact === "string" || typeof fact === "number" ? String(fact) : undefined;
  };
  const lines = [
    said("status") && `HTTP ${said("status")}`,
    said("excerpt") ?? [said("error"), said("description")].filter(Boolean).join(": "),
  ].filter(Boolean);
  return lines.length === 0 ? null : lines.join("\n");
}

/** Facts worth a line each, beside the platform's words. */
export function factsOf(problem: Problem): { label: string; value: string }[] {
  const shown = ["operation", "url", "reason", "hint", "needed", "granted", "missing", "scope"];
  return shown.flatMap((name) => {
    const fact = problem.detail?.[name];
    if (fact === undefined || fact === null) return [];
    return [{ label: name, value: Array.isArray(fact) ? fact.join("\n") || "none" : String(fact) }];
  });
}

/** Everything known, as text to paste into a ticket. */
export function supportText(problem: Problem, about: Record<string, string>): string {
  const head = Object.entries({ ...about, code: problem.code, message: problem.message });
  const lines = head.map(([name, value]) => `${name}: ${value}`);
  if (problem.detail) lines.push(JSON.stringify(problem.detail, null, 2));
  return lines.join("\n");
}
