import { RelativeTime } from "#components/live/time/time.tsx";
import { HEALTH_STATES } from "#components/states/tables/health.ts";
import { StatTile } from "#components/ui/boxes/stat-tile.tsx";
import { formatCount, plural } from "#lib/format.ts";
import type { RegistrationView } from "#lib/operations/registrations/schema.ts";

/** What state a registration is in, and what is proven of its grades: each leads to the rows behind. */
export function RegistrationTiles({ registration }: { registration: RegistrationView }) {
  const { id, health, healthReason, lastSuccessAt, courseCount, proof } = registration;
  const { word, tone } = HEALTH_STATES[health];
  const href = `/registrations/${id}`;
  return (
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <StatTile
        href={`${href}/runs`}
        label="State"
        figure={word}
        tone={tone}
        note={
          healthReason ?? (
            <>
              last success <RelativeTime at={lastSuccessAt} />
            </>
          )
        }
      />
      <StatTile
        href={`${href}/courses`}
        label="Courses"
        figure={formatCount(courseCount)}
        note={plural(registration.deployments.length, "deployment")}
      />
      <StatTile
        href={`${href}/courses`}
        label="Grades proven"
        figure={proof ? formatCount(proof.proven) : "None"}
        note={
          proof ? (
            <>
              of {formatCount(proof.total)}, <RelativeTime at={proof.provedAt} />
            </>
          ) : (
            "never verified"
          )
        }
      />
      <StatTile
        href={`${href}/courses`}
        label="Not as sent"
        figure={formatCount(proof?.open ?? 0)}
        tone={proof && proof.open > 0 ? "bad" : "idle"}
        note={
          proof && proof.notOurs > 0 ? `${plural(proof.notOurs, "result")} not ours` : "to decide"
        }
      />
    </div>
  );
}
