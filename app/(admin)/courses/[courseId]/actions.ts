"use server";

import { z } from "zod";
import { confirmed } from "../../../_server/forms/confirmed.ts";
import { done, formAction, goTo } from "../../../_server/forms/form-action.ts";
import { ifSeen } from "../../../_server/forms/seen-version.ts";
import * as courses from "#lib/operations/courses/courses.ts";
import { pauseCourse, resumeCourse } from "#lib/operations/system/pauses.ts";
import { startRun } from "#lib/operations/runs/runs.ts";
import { Id } from "#lib/operations/fields.ts";
import { CourseForm, withAllScopes } from "../form-schema.ts";

const Course = z.object({ courseId: Id });

export const saveChanges = formAction(CourseForm.extend(Course.shape), async (caller, input) => {
  await courses.updateCourse(caller, ifSeen(withAllScopes(input)));
  return goTo(`/courses/${input.courseId}`);
});

export const archive = formAction(
  Course.extend({ confirmation: z.string() }),
  async (caller, { courseId, confirmation }) => {
    const { title } = await courses.getCourse(caller, { courseId });
    confirmed(confirmation, title);
    await courses.archiveCourse(caller, { courseId });
    return goTo(`/courses/${courseId}`);
  },
);

export const restore = formAction(Course, async (caller, input) => {
  await courses.restoreCourse(caller, input);
  return done("Course restored");
});

export const pause = formAction(Course, async (caller, input) => {
  await pauseCourse(caller, input);
  return done("Course paused");
});

export const resume = formAction(Course, async (caller, input) => {
  await resumeCourse(caller, input);
  return done("Course resumed");
});

export const syncRoster = formAction(Course, async (caller, { courseId }) => {
  const { run } = await startRun(caller, { kind: "roster_sync", courseId });
  return goTo(`/runs/${run.id}`);
});

export const previewRoster = formAction(Course, async (caller, { courseId }) => {
  const { run } = await startRun(caller, { kind: "roster_sync", courseId, isPreview: true });
  return goTo(`/runs/${run.id}`);
});

export const syncGrades = formAction(Course, async (caller, { courseId }) => {
  const { run } = await startRun(caller, { kind: "grade_sync", courseId });
  return goTo(`/runs/${run.id}`);
});
