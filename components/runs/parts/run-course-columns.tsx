import { ErrorTitle } from "#components/errors/advised.tsx";
import { verbatimOf } from "#components/errors/explained/verbatim.ts";
import { CutWords } from "#components/lists/cut-words.tsx";
import { Elapsed } from "#components/live/time/time.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { StateBadge } from "#components/states/state-badge.tsx";
import { PART_STATES } from "#components/states/tables/run-parts.ts";
import { formatCount, plural, UNKNOWN } from "#lib/format.ts";
import type { RunCourseView } from "#lib/operations/runs/schema.ts";

const TROUBLE: Column<RunCourseView> = {
  key: "trouble",
  header: "What went wrong",
  phone: "figure",
  className: "[--cut:16rem]",
  cell: (course) => (hasTrouble(course) ? <Trouble course={course} /> : UNKNOWN),
};

/** What went wrong takes its room only where something did. */
export function runCourseColumns(courses: RunCourseView[]): Column<RunCourseView>[] {
  return courses.some(hasTrouble) ? [...COLUMNS, TROUBLE] : COLUMNS;
}

const COLUMNS: Column<RunCourseView>[] = [
  {
    key: "course",
    header: "Course",
    isLead: true,
    cell: (course) => (
      <TextLink href={`/courses/${course.courseId}`} className="text-ink">
        {course.title}
      </TextLink>
    ),
  },
  {
    key: "state",
    header: "State",
    phone: "state",
    cell: ({ state }) => <StateBadge of={PART_STATES} state={state} />,
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

function hasTrouble({ problem, quarantined }: RunCourseView): boolean {
  return problem !== null || quarantined.length > 0;
}

function Trouble({ course }: { course: RunCourseView }) {
  const { problem, quarantined, title } = course;
  const verbatim = problem && verbatimOf(problem);
  const unread =
    (quarantined.length >= MANY ? "At least " : "") +
    `${plural(quarantined.length, "member")} could not be read`;
  return (
    <CutWords
      label={`What went wrong in ${title}`}
      words={problem ? <ErrorTitle code={problem.code} /> : unread}
    >
      {problem && (
        <div className="text-xs text-bad">
          <ErrorTitle code={problem.code} />
          {!verbatim && <>: {problem.message}</>}
          {verbatim && <p className="font-mono whitespace-pre-wrap text-muted">{verbatim}</p>}
        </div>
      )}
      {quarantined.length > 0 && (
        <>
          <p className="mt-1 text-xs text-warn">{unread}</p>
          <ul className="mt-1 space-y-1 text-xs">
            {quarantined.map(({ page, userId, reason }, index) => (
              <li key={index}>
                Page {page}, {userId ?? "no user ID"}: {reason}
              </li>
            ))}
          </ul>
        </>
      )}
    </CutWords>
  );
}
