import { addLineItem } from "#lib/operations/line-items/acts/add-line-item.ts";
import { createSchedule } from "#lib/operations/schedules/schedules.ts";
import { COLLEGE, COLLEGE_COURSES } from "../courses.ts";
import { enterCourse } from "../furnish-console.ts";
import { furnished } from "../furnish-platform.ts";
import type { HistoryDemo } from "./demo.ts";

export type College = {
  registrationId: string;
  courses: { steady: string; graded: string; shrinking: string };
  /** Of the course that is graded: its column, here and on the platform. */
  column: { id: string; url: string; scoreMaximum: number };
  schedules: { rosters: string; grades: string };
};

const BEGUN_DAYS = 31;
const DAY_MS = 86_400_000;

/** The registration's courses, a column and two schedules, as an operator would enter them. */
export async function enterCollege(demo: HistoryDemo, registrationId: string): Promise<College> {
  const { caller, made, runtime } = demo;
  const ids = new Map<string, string>();
  for (const course of COLLEGE_COURSES)
    ids.set(course.contextId, await enterCourse(demo, course, registrationId));
  const idOf = (contextId: string) => ids.get(contextId)!;
  const courses = {
    steady: idOf(COLLEGE.steady),
    graded: idOf(COLLEGE.graded),
    shrinking: idOf(COLLEGE.shrinking),
  };
  const quiz = furnished(made, COLLEGE.graded).lineItems[0]!;
  const { id } = await addLineItem(caller, { courseId: courses.graded, ...quiz });
  const createdAt = new Date(Date.now() - BEGUN_DAYS * DAY_MS);
  const { prisma } = runtime.db;
  await prisma.registration.update({ where: { id: registrationId }, data: { createdAt } });
  await prisma.course.updateMany({ where: { registrationId }, data: { createdAt } });
  const schedules = await addSchedules(demo, registrationId);
  return { registrationId, courses, column: { id, ...quiz }, schedules };
}

async function addSchedules({ caller }: HistoryDemo, registrationId: string) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const day = (ahead: number) => new Date(Date.now() + ahead * DAY_MS).toISOString().slice(0, 10);
  const common = { registrationId, timeZone, jitterSeconds: 0, isEnabled: true };
  const rosters = await createSchedule(caller, {
    ...common,
    kind: "roster_sync",
    cron: "0 2 * * *",
    blackouts: [{ firstDay: day(9), lastDay: day(13) }],
  });
  const grades = await createSchedule(caller, {
    ...common,
    kind: "grade_sync",
    cron: "30 5 * * *",
    blackouts: [{ days: [1, 2, 3, 4, 5], from: "08:00", to: "18:00" }],
  });
  return { rosters: rosters.id, grades: grades.id };
}
