import { ErrorTitle } from "#components/errors/advised.tsx";
import { ErrorNotice } from "#components/errors/error-notice.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { plural } from "#lib/format.ts";
import type { Problem } from "#lib/operations/fields.ts";
import type { RunCourseView, RunDetail } from "#lib/operations/runs/schema.ts";
import { RejectedScores } from "#components/runs/parts/rejected-scores.tsx";
import { runTitle } from "#components/runs/run-words.ts";

const NAMED = 5;

/** What went wrong, once per cause: one fault of a platform may meet forty courses. */
export function RunProblems({ run }: { run: RunDetail }) {
  const about = { run: run.id, what: runTitle(run), registration: run.registrationName };
  const causes = run.courseId === null ? causesOf(run.courses) : [];
  if (causes.length === 0 && !run.problem) return null;
  return (
    <section aria-label="What went wrong" className="space-y-3">
      {causes.length === 0 && run.problem && (
        <ErrorNotice
          problem={run.problem}
          platform={run.platform}
          about={{ ...about, ...(run.courseTitle && { course: run.courseTitle }) }}
        />
      )}
      {causes.map(({ problem, courses }) => (
        <ErrorNotice
          key={problem.code}
          problem={problem}
          platform={run.platform}
          title={
            <>
              {plural(courses.length, "course")}: <ErrorTitle code={problem.code} />
            </>
          }
          touches={<CourseNames courses={courses} />}
          about={{ ...about, course: courses[0]?.title ?? "" }}
        />
      ))}
      {run.kind === "grade_sync" && run.failed > 0 && <RejectedScores run={run} />}
    </section>
  );
}

function CourseNames({ courses }: { courses: RunCourseView[] }) {
  const more = courses.length - NAMED;
  return (
    <p className="text-sm">
      {courses.slice(0, NAMED).map(({ courseId, title }, index) => (
        <span key={courseId}>
          {index > 0 && ", "}
          <TextLink href={`/courses/${courseId}`}>{title}</TextLink>
        </span>
      ))}
      {more > 0 && ` and ${plural(more, "other")}`}
    </p>
  );
}

type Cause = { problem: Problem; courses: RunCourseView[] };

/** Failures by code, the most frequent first; each with the words of its first course. */
function causesOf(courses: RunCourseView[]): Cause[] {
  const causes = new Map<string, Cause>();
  for (const course of courses) {
    if (!course.problem) continue;
    const cause = causes.get(course.problem.code);
    if (cause) cause.courses.push(course);
    else causes.set(course.problem.code, { problem: course.problem, courses: [course] });
  }
  return [...causes.values()].sort((a, b) => b.courses.length - a.courses.length);
}
