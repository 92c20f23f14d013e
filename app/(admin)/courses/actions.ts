"use server";

import { formAction, goTo } from "../../_server/forms/form-action.ts";
import { createCourse } from "#lib/operations/courses/courses.ts";
import { NewCourseForm, withAllScopes } from "./form-schema.ts";

export const addCourse = formAction(NewCourseForm, async (caller, input) => {
  const course = await createCourse(caller, withAllScopes(input));
  return goTo(`/courses/${course.id}`);
});
