import type { Db } from "#lib/db/client.ts";
import { plural } from "#lib/format.ts";
import { Id } from "../fields.ts";

/** A list's filter as people read it: `State: failed or partly succeeded`. */
export async function filterWords(tx: Db, filter: Record<string, unknown>): Promise<string[]> {
  const words: string[] = [];
  for (const [name, value] of Object.entries(filter)) {
    if (value === undefined || value === "" || IMPLIED[name] === value) continue;
    words.push(`${LABELS[name] ?? name}: ${await valueWords(tx, name, value)}`);
  }
  return words;
}

// What a list assumes when nothing is said.
const IMPLIED: Record<string, unknown> = { archived: "no" };

const LABELS: Record<string, string> = {
  q: "Text",
  state: "State",
  kind: "Kind",
  registrationId: "Registration",
  courseId: "Course",
  runId: "Run",
  service: "Service",
  scope: "Scope",
  health: "Health",
  waiting: "Waiting",
  archived: "Archived",
  rule: "Rule",
  ids: "Chosen",
  trigger: "Started by",
  actor: "Started by",
  errorCode: "Error",
  since: "From",
  until: "Until",
  minSeconds: "At least seconds",
  maxSeconds: "At most seconds",
};

async function valueWords(tx: Db, name: string, value: unknown): Promise<string> {
  if (name === "ids" && Array.isArray(value)) return plural(value.length, "row");
  if (Array.isArray(value)) return value.map(plain).join(" or ");
  const id = Id.safeParse(value).data;
  if (id !== undefined && name === "registrationId")
    return (await tx.prisma.registration.findUnique({ where: { id } }))?.name ?? id;
  if (id !== undefined && name === "courseId")
    return (await tx.prisma.course.findUnique({ where: { id } }))?.title ?? id;
  return name === "q" ? `“${String(value)}”` : plain(value);
}

function plain(value: unknown): string {
  return String(value).replaceAll("_", " ");
}
