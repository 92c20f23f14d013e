import { readFile, writeFile } from "node:fs/promises";
import { format, resolveConfig } from "prettier";
import type { RunState } from "#lib/db/generated/enums.ts";
import { isFinished, MOVES, type Move, type MovedRun } from "#lib/db/runs/moves/table.ts";

const page = new URL("../../docs/run-lifecycle.md", import.meta.url);
const moves = Object.entries<Move>(MOVES);

const INTRODUCTION = `# The life of a run

A run begins \`queued\`. Every move after that stands in one table, \`lib/db/runs/moves/table.ts\`: from which states, to which, what is written, and which event tells of it. \`move.ts\` beside it makes a move in one statement, with what becomes of the run's courses and the signal to pages; a move that the table does not have is refused (\`sync.move_refused\`). This page is made from the table by \`npm run docs:lifecycle\`, and a test fails when it is stale.
`;

const END = `A worker moves a run under its lease alone: one that lost the lease writes nothing. "Cancel" and "pause" of a run that is under way are asked for first and made by its worker at the next checkpoint; the move is the same.

An end is one place: what belongs to it, in its transaction, is a line in \`lib/db/runs/moves/ended.ts\`; what comes after it, noted in the database so that a crash loses nothing, a line in \`lib/sync/runs/ended.ts\`. The queue's job is only a run's alarm clock: \`lib/sync/runs/upkeep.ts\` gives every run that has lost it another.
`;

/** docs/run-lifecycle.md as the table of moves would have it. */
export async function renderPage(): Promise<string> {
  const text = [INTRODUCTION, picture(), table(), END].join("\n");
  const options = await resolveConfig(page);
  return format(text, { ...options, parser: "markdown" });
}

export function readPage(): Promise<string> {
  return readFile(page, "utf8");
}

export async function writePage(): Promise<void> {
  await writeFile(page, await renderPage());
}

/** One arrow for each pair of states, named by the moves that make it. */
function picture(): string {
  const arrows = new Map<string, string[]>();
  const ends = new Set<RunState>();
  for (const [name, { from, to }] of moves)
    for (const before of from)
      for (const after of to) {
        const arrow = `${before} --> ${after}`;
        arrows.set(arrow, [...(arrows.get(arrow) ?? []), name]);
        if (isFinished(after)) ends.add(after);
      }
  const lines = [
    "[*] --> queued",
    ...[...arrows].map(([arrow, names]) => `${arrow}: ${names.join(", ")}`),
    ...[...ends].map((state) => `${state} --> [*]`),
  ];
  const diagram = lines.map((line) => `  ${line}`).join("\n");
  return `\`\`\`mermaid\nstateDiagram-v2\n${diagram}\n\`\`\`\n`;
}

function table(): string {
  const rows = moves.map(([name, move]) => {
    const { from, to, when } = move;
    return `| ${name} | ${from.join(", ")} | ${to.join(", ")} | ${when} | ${eventsOf(move)} |`;
  });
  return `| Move | From | To | When | Event |\n|-|-|-|-|-|\n${rows.join("\n")}\n`;
}

function eventsOf({ from, to, event }: Move): string {
  const kinds = from.flatMap((formerState) =>
    to.map(
      (state) =>
        event({ ...RUN, formerState, state, lease: formerState === "queued" ? 1 : 2 }, {}).kind,
    ),
  );
  return [...new Set(kinds)].map((kind) => `\`${kind}\``).join(", ");
}

const RUN: Omit<MovedRun, "state" | "formerState" | "lease"> = {
  id: "",
  kind: "roster_sync",
  registrationId: "",
  courseId: null,
  startedBy: "",
  attempt: 1,
  done: 0,
  failed: 0,
  skipped: 0,
  formerMs: 0,
};
