import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { format, resolveConfig } from "prettier";
import { actionWords } from "#components/audit/audit-words.ts";
import { ACTION_WORDS } from "#components/bulk/bulk-words.ts";
import type { Shown } from "#components/states/shown.ts";
import { sourceFiles } from "../imports.ts";
import { MEANINGS } from "./meanings.ts";
import { STATES } from "./states.ts";

const page = new URL("../../../docs/words.md", import.meta.url);

const INTRODUCTION = `# Words

Pages, the API, events, the audit and these documents use one word for one thing. Operations over REST are named in its own description, /api/v1/openapi.json. The tables are made from the code by \`npx tsx tests/architecture/words/write-page.ts\`, and a test fails when they are stale. What things are called is in [glossary.md](glossary.md), how a run moves from state to state and which event tells of it in [run-lifecycle.md](run-lifecycle.md).
`;

const OF: Record<keyof typeof STATES, string> = {
  run: "Runs",
  part: "Courses and batches of a run",
  outcome: "Outcomes of a score in a run",
  score: "Scores",
  token: "Tokens",
  hold: "Holds",
  removal: "People of a hold",
  member: "Members",
  bulk: "Bulk operations",
  testStep: "Steps of a connection test",
  health: "Health of registrations and courses",
  planned: "Times of a schedule without a run",
  webhook: "Webhooks",
  alertMessage: "Mails of alerts",
  signingKey: "Signing keys",
  invitation: "Registration links",
};

/** docs/words.md as the code would have it. */
export async function renderWords(): Promise<string> {
  const text = [INTRODUCTION, "## States\n", ...statesOf(), "## Acts\n", acts()].join("\n");
  const options = await resolveConfig(page);
  return format(text, { ...options, parser: "markdown" });
}

export function readWords(): Promise<string> {
  return readFile(page, "utf8");
}

export async function writeWords(): Promise<void> {
  await writeFile(page, await renderWords());
}

function statesOf(): string[] {
  return (Object.keys(STATES) as (keyof typeof STATES)[]).map((of) => {
    const meanings: Record<string, string> = MEANINGS[of];
    const rows = Object.entries<Shown>(STATES[of]).map(
      ([state, { word }]) => `| \`${state}\` | ${word} | ${meanings[state]} |`,
    );
    return `### ${OF[of]}\n\n| In the API | On screen | Means |\n|-|-|-|\n${rows.join("\n")}\n`;
  });
}

function acts(): string {
  const bulk = Object.entries(ACTION_WORDS).map(
    ([action, { what }]) => `| \`${action}\` | ${what} |`,
  );
  const audited = auditActions().map((action) => `| \`${action}\` | ${actionWords(action)} |`);
  return [
    `### With many at once\n\n| In the API | On screen |\n|-|-|\n${bulk.join("\n")}\n`,
    `### In the audit\n\n| In the API | On screen |\n|-|-|\n${audited.join("\n")}\n`,
  ].join("\n");
}

const NO_NOUNS = /^(operation|lti|sync|rollbook|courses|runs|holds|column|key|phase)\./;
/** Of events, which say what has happened. */
const NO_VERBS = /(ed|ing|held|over|back|stale)$/;

/** Every act that an operation puts on record by its name. */
function auditActions(): string[] {
  const found = sourceFiles("lib/operations").flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/"([a-z_]+\.[a-z_]+)"/g)].map(([, name]) => name!),
  );
  const acts = found.filter((name) => !NO_NOUNS.test(name) && !NO_VERBS.test(name));
  return [...new Set(acts)].sort();
}
