import type { RunKind } from "#lib/db/generated/enums.ts";
import { gradeSync } from "./grade-sync.ts";
import type { Kind } from "./kind.ts";
import { rosterSync } from "./roster-sync.ts";
import { verify } from "./verify.ts";

const KINDS: Record<RunKind, Kind> = {
  roster_sync: rosterSync,
  grade_sync: gradeSync,
  verify,
};

export function kindOf({ kind }: { kind: RunKind }): Kind {
  return KINDS[kind];
}
