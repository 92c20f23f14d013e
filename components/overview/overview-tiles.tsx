import { StatTile } from "#components/ui/boxes/stat-tile.tsx";
import { formatCount, plural } from "#lib/format.ts";
import { needCount } from "./inbox/inbox.tsx";
import type { Overview } from "#lib/operations/overview/overview-schema.ts";

/** Four figures, each leading to the rows behind it. */
export function OverviewTiles({ overview }: { overview: Overview }) {
  const { running, queued, needAttention, staleCourses, courses } = overview;
  const { scoresPending, scoresRejected } = overview;
  return (
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <StatTile
        href="/runs?state=running,queued"
        label="Running now"
        figure={formatCount(running)}
        tone={running > 0 ? "active" : "idle"}
        note={queued > 0 ? `${formatCount(queued)} waiting` : "None waiting"}
      />
      <StatTile
        href="#attention"
        label="Need you"
        figure={needCount(overview)}
        tone={needAttention > 0 ? "bad" : "idle"}
        note={needAttention > 0 ? "Waiting for a person" : "Nothing waits"}
      />
      <StatTile
        href="/courses?waiting=roster"
        label="Stale courses"
        figure={formatCount(staleCourses)}
        tone={staleCourses > 0 ? "warn" : "idle"}
        note={`Of ${plural(courses, "course")}; no roster for 3 days`}
      />
      <StatTile
        href="/courses?waiting=scores"
        label="Scores waiting"
        figure={formatCount(scoresPending)}
        tone={scoresPending > 0 ? "active" : "idle"}
        note={
          scoresRejected > 0 ? (
            <span className="font-medium text-bad">{formatCount(scoresRejected)} turned down</span>
          ) : (
            "None turned down"
          )
        }
      />
    </div>
  );
}
