import { ErrorTitle } from "#components/errors/advised.tsx";
import { verbatimOf } from "#components/errors/explained/verbatim.ts";
import { Elapsed } from "#components/live/time/time.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { Disclosure } from "#components/ui/boxes/disclosure.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { StateBadge } from "#components/states/state-badge.tsx";
import { formatCount, plural, UNKNOWN } from "#lib/format.ts";
import type { RunCourseView } from "#lib/operations/runs/schema.ts";

export const RUN_COURSE_COLUMNS: Column<RunCourseView>[] = [
  {
    key: "course",
    header: "Course",
    isLead: true,
    wraps: true,
    cell: (course) => (
      <>
        <TextLink href={`/courses/${course.courseId}`} className="text-ink">
          {course.title}
        </TextLink>
        <Trouble course={course} />
      </>
    ),
  },
  {
    key: "state",
    header: "State",
    phone: "state",
    cell: ({ state }) => <StateBadge of="part" state={state} />,
  },
  { key: "pages", header: "Pages", align: "end", cell: (course) => known(course, course.pages) },
  {
    key: "members",
    phone: "figure",
    header: "Members",
    align: "end",
    cell: (course) => known(course, course.members.seen),
  },
  { key: "changes", header: "Changes", phone: "figure", cell: (course) => changesOf(course) },
  {
    key: "took",
    header: "Took",
    align: "end",
    cell: (course) => <Elapsed from={course.startedAt} until={course.finishedAt} />,
  },
];

/** Before the first page has come nothing is known, not even that there is nobody. */
/** From so many on the list is not added to. */
const MANY = 500;

const known = (course: RunCourseView, count: number) =>
  course.pages === 0 ? UNKNOWN : formatCount(count);

function changesOf({ state, members }: RunCourseView): string {
  if (state !== "succeeded" && state !== "held") return UNKNOWN;
  const { added, changed, removed } = members;
  if (added + changed + removed === 0) return "None";
  return `+${formatCount(added)}, ~${formatCount(changed)}, −${formatCount(removed)}`;
}

function Trouble({ course }: { course: RunCourseView }) {
  const { problem, quarantined } = course;
  const verbatim = problem && verbatimOf(problem);
  return (
    <>
      {problem && (
        <div className="mt-0.5 text-xs text-bad">
          <ErrorTitle code={problem.code} />
          {!verbatim && <>: {problem.message}</>}
          {verbatim && <p className="font-mono whitespace-pre-wrap text-muted">{verbatim}</p>}
        </div>
      )}
      {quarantined.length > 0 && (
        <Disclosure
          className="mt-1"
          summary={
            <span className="text-xs text-warn">
              {quarantined.length >= MANY && "At least "}
              {plural(quarantined.length, "member")} could not be read
            </span>
          }
        >
          <ul className="space-y-1 text-xs">
            {quarantined.map(({ page, userId, reason }, index) => (
              <li key={index}>
                Page {page}, {userId ?? "no user ID"}: {reason}
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </>
  );
}
