import { RelativeTime } from "#components/live/time/time.tsx";
import { formatCount, plural } from "#lib/format.ts";
import type { KeptProof } from "#lib/operations/courses/schema.ts";

/** `1,998 of 2,000 proven 4 min ago`: what the last verifications left. */
export function Proven({ proof }: { proof: KeptProof }) {
  return (
    <>
      {formatCount(proof.proven)} of {formatCount(proof.total)} proven{" "}
      <RelativeTime at={proof.provedAt} />
    </>
  );
}

/** The same of the grades of several courses, with what is open. */
export function GradesProven({ proof }: { proof: KeptProof }) {
  const { open } = proof;
  return (
    <>
      Grades: <Proven proof={proof} />
      {open > 0 && `; ${plural(open, "score")} ${open === 1 ? "is" : "are"} not as sent`}
    </>
  );
}
