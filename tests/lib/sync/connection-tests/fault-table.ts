import { format, resolveConfig } from "prettier";
import type { Step } from "#lib/connection-test/index.ts";
import type { Fault } from "./fault.ts";

/** What a test said of a fault. */
export type Said = { fault: Fault; step: Step };

const OWNERS: Record<Step["owner"], string> = {
  nobody: "nobody",
  operator: "you, on the Rollbook side",
  rollbook: "whoever runs Rollbook",
  platform_admin: "the LMS administrator",
  instructor: "the instructor",
  platform_vendor: "the LMS vendor",
  tool_developer: "whoever runs the tool",
};

/** The page that shows what a connection test says of each fault, as it was really said. */
export async function faultPage(said: readonly Said[], file: string): Promise<string> {
  const rows = said.map(({ fault, step }) =>
    [
      fault.fault,
      `${step.title}: ${step.state.replace("_", " ")}`,
      step.summary,
      step.cause ?? "",
      OWNERS[step.owner],
      step.fix ?? "",
    ]
      .map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " "))
      .join(" | "),
  );
  const page = [
    INTRODUCTION,
    "| Fault | Step | What is said | Likely cause | Who acts | What they do |",
    "| - | - | - | - | - | - |",
    ...rows.map((row) => `| ${row} |`),
    "",
  ].join("\n");
  return format(page, { ...(await resolveConfig(file)), parser: "markdown" });
}

/** Puts names in the place of ports, keys and times that differ from run to run. */
export function withoutChance(step: Step, names: Record<string, string>): Step {
  let text = JSON.stringify(step);
  for (const [from, to] of Object.entries(names)) text = text.replaceAll(from, to);
  text = text
    .replace(/\b127\.0\.0\.1:\d+/g, "lms.example.edu")
    .replace(/\blocalhost:\d+/g, "elsewhere.example.net")
    .replace(/after \d\d:\d\d:\d\d UTC/g, "after 14:05:10 UTC");
  return JSON.parse(text) as Step;
}

const INTRODUCTION = `# The connection test

“Test connection” on a registration, \`POST /api/v1/registrations/{id}/test\` and \`npm run doctor\` do the same: they ask the platform step by step, read only, and keep what was said. A step that fails ends nothing; those that depend on it read “not reached”, the others run.

| Step | Asks |
| - | - |
| Addresses | Are the three addresses https, do their names resolve, do they speak TLS 1.2 or newer? |
| The platform’s keys | Can the key set be read that launches are checked with? |
| Our keys | Do we publish the key we sign with, and is it reachable at \`ROLLBOOK_URL/lti/jwks\`? From a private address that cannot be known; a command to try from the LMS’s side is shown. |
| Client assertion | What does our assertion say? Its signature is not shown. |
| Access token | Does the token endpoint give a token for all scopes at once? It is truly asked, never the cache. A token that it gives goes into the cache for the jobs, and the request is listed on the token page as forced. |
| Scopes | Which are granted? After \`invalid_scope\` each is asked for alone. |
| Clocks | How far apart are the platform’s clock and ours, by the \`Date\` header? |
| A roster | Does the first page of one course’s roster come in? Its members are not kept with the test. |
| Line items | Do the line items of one course come in? |

The last two are skipped while no course is known. A test ends within 90 seconds; one whose process ended before is shown as interrupted. The latest 20 of a registration are kept.

## Another audience

When the platform says \`invalid_client\` and the audience may be the reason, the test offers to try the token endpoint, the issuer and both, once each. What works is stored on the registration and written into the audit log; tokens asked for under the old audience are dropped.

## From the terminal

\`\`\`sh
npm run doctor -- "State University"
npm run doctor -- --all
\`\`\`

The name or the ID of a registration, while the server runs or not. The exit code is 0 when every test passed, or passed with warnings; 1 when one failed; 2 when there is no such registration.

## What it says of which fault

Each row is a fault of the platform simulator, tested; the sentences are those that the test really said. The platform’s own words are shown beside them.
`;
