import { RelativeTime } from "#components/live/time/time.tsx";
import { StatTile } from "#components/ui/boxes/stat-tile.tsx";
import { formatCount, plural, UNKNOWN } from "#lib/format.ts";
import type { CourseView } from "#lib/operations/courses/schema.ts";

/** Roster, scores and proof of a course as they are now: each leads to the rows behind. */
export function CourseTiles({ course }: { course: CourseView }) {
  const { id, memberCount, rosterSyncedAt, scores, proof, offersGrades } = course;
  const href = `/courses/${id}`;
  const waiting = scores.pending + scores.sending;
  return (
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <StatTile
        href={`${href}/roster`}
        label="People"
        figure={memberCount === null ? UNKNOWN : formatCount(memberCount)}
        note={
          <>
            last complete roster <RelativeTime at={rosterSyncedAt} unknown="never" />
          </>
        }
      />
      <StatTile
        href={`${href}/grades?state=pending`}
        label="Scores waiting"
        figure={offersGrades ? formatCount(waiting) : UNKNOWN}
        tone={waiting > 0 ? "active" : "idle"}
        note={`${formatCount(scores.sent)} sent`}
      />
      <StatTile
        href={`${href}/grades?state=rejected`}
        label="Scores rejected"
        figure={offersGrades ? formatCount(scores.rejected) : UNKNOWN}
        tone={scores.rejected > 0 ? "bad" : "idle"}
        note={scores.rejected > 0 ? "with the platform’s words" : "none"}
      />
      <StatTile
        href={`${href}/proof`}
        label="Proven on the platform"
        figure={proof ? `${formatCount(proof.proven)} of ${formatCount(proof.total)}` : "None"}
        tone={proof && proof.open > 0 ? "warn" : "idle"}
        note={proof ? <Found proof={proof} /> : "never verified"}
      />
    </div>
  );
}

function Found({ proof }: { proof: NonNullable<CourseView["proof"]> }) {
  if (proof.open > 0) return `${formatCount(proof.open)} not as sent`;
  if (proof.notOurs > 0) return `${plural(proof.notOurs, "result")} not ours`;
  return <RelativeTime at={proof.provedAt} />;
}
