import { ChevronDown, GraduationCap } from "lucide-react";
import { Button } from "#components/ui/buttons/button.tsx";
import { Popover } from "#components/ui/overlays/popover.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { formatCount, plural } from "#lib/format.ts";
import type { TokenView } from "#lib/operations/tokens/schema.ts";

/** Who uses the present token: runs, the processes they are in, and courses. */
export function TokenSharers({ token }: { token: TokenView }) {
  const { runCount, activeRuns, processCount, reuses } = token;
  if (runCount === 0) return <p className="text-sm text-muted">No run has used this token yet.</p>;
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-2 text-sm">
      <span>
        Shared by {plural(runCount, "run")}
        {activeRuns > 0 && `, ${formatCount(activeRuns)} of them running`}
        {processCount > 0 && `, in ${plural(processCount, "process", "processes")}`}
        {reuses > 0 && `; taken from the cache ${reuses === 1 ? "once" : plural(reuses, "time")}`}
      </span>
      <Courses token={token} />
    </div>
  );
}

function Courses({ token: { courses, courseCount } }: { token: TokenView }) {
  if (courseCount === 0) return null;
  const name = plural(courseCount, "course");
  const more = courseCount - courses.length;
  return (
    <Popover
      label={`The ${name} that share this token`}
      trigger={
        <Button size="sm">
          <GraduationCap aria-hidden />
          {name}
          <ChevronDown aria-hidden className="text-muted" />
        </Button>
      }
    >
      <ul className="space-y-1.5">
        {courses.map((course) => (
          <li key={course.id}>
            <TextLink href={`/courses/${course.id}`}>{course.title}</TextLink>
          </li>
        ))}
      </ul>
      {more > 0 && <p className="mt-2 text-xs text-muted">and {formatCount(more)} more</p>}
    </Popover>
  );
}
