import { ChevronDown, GraduationCap, Waypoints } from "lucide-react";
import type { ReactNode } from "react";
import { RelativeTime } from "#components/live/time/time.tsx";
import { runTitle, TOKEN_CASE_WORDS } from "#components/runs/run-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { STATES } from "#components/states/states.ts";
import { plural } from "#lib/format.ts";
import type { TokenView } from "#lib/operations/tokens/schema.ts";

/** Which courses and runs have used the present token. */
export function TokenSharers({ sharedBy, reuses }: Pick<TokenView, "sharedBy" | "reuses">) {
  if (sharedBy.runCount === 0)
    return <p className="text-sm text-muted">No run has used this token yet.</p>;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
      <span className="text-muted">Shared by</span>
      <Sharers
        icon={<GraduationCap aria-hidden />}
        name={plural(sharedBy.courseCount, "course")}
        more={sharedBy.courseCount - sharedBy.courses.length}
      >
        {sharedBy.courses.map((course) => (
          <li key={course.id}>
            <TextLink href={`/courses/${course.id}`}>{course.title}</TextLink>
          </li>
        ))}
      </Sharers>
      <Sharers
        icon={<Waypoints aria-hidden />}
        name={plural(sharedBy.runCount, "run")}
        more={sharedBy.runCount - sharedBy.runs.length}
      >
        {sharedBy.runs.map((run) => (
          <li key={run.id}>
            <TextLink href={`/runs/${run.id}`}>{runTitle(run)}</TextLink>
            <span className="block text-xs text-muted">
              {STATES.run[run.state].word}
              {run.case && `, ${TOKEN_CASE_WORDS[run.case].short.toLowerCase()}`},{" "}
              <RelativeTime at={run.startedAt} />
            </span>
          </li>
        ))}
      </Sharers>
      {reuses > 0 && <span className="text-muted">taken from the cache {times(reuses)}</span>}
    </div>
  );
}

function Sharers(props: { icon: ReactNode; name: string; more: number; children: ReactNode }) {
  return (
    <Popover
      label={`The ${props.name} that share this token`}
      trigger={
        <Button size="sm">
          {props.icon}
          {props.name}
          <ChevronDown aria-hidden className="text-muted" />
        </Button>
      }
    >
      <ul className="space-y-1.5">{props.children}</ul>
      {props.more > 0 && <p className="mt-2 text-xs text-muted">and {props.more} more</p>}
    </Popover>
  );
}

function times(count: number): string {
  return count === 1 ? "once" : plural(count, "time");
}
