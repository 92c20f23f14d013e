import { lazily } from "#components/ui/lazily.tsx";
import type { FormState } from "../form-state.ts";
import type { ConflictProps } from "./conflict-table.tsx";

const ConflictTable = lazily<ConflictProps>(() =>
  import("./conflict-table.tsx").then(({ ConflictTable }) => ConflictTable),
);

/**
 * The version a form was filled from, and, where somebody saved another one meanwhile, what is
 * stored now beside what was typed. Sending it again then saves over the version just shown.
 */
export function VersionField(props: {
  version: string;
  state: FormState;
  /** What each field is called. */
  labels: Record<string, string>;
  /** What was typed, named as it is stored; default: as the form names it. */
  read?: (typed: Values) => Values;
}) {
  const conflict = conflictOf(props.state);
  return (
    <>
      <input type="hidden" name="version" value={conflict?.version ?? props.version} />
      {conflict && <ConflictTable current={conflict.current} {...props} />}
    </>
  );
}

type Values = Record<string, unknown>;

function conflictOf({
  code,
  problem,
}: FormState): { version: string; current: Values } | undefined {
  if (code !== "operation.version_mismatch") return undefined;
  const { version, current } = problem?.detail ?? {};
  return { version: String(version), current: (current ?? {}) as Values };
}
