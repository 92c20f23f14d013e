"use server";

import { z } from "zod";
import { done, formAction } from "../../../../_server/forms/form-action.ts";
import { ifSeen, SeenVersion } from "../../../../_server/forms/seen-version.ts";
import { updateCourseSettings } from "#lib/operations/courses/settings.ts";
import { Id } from "#lib/operations/fields.ts";
import { CourseSettings } from "#lib/operations/courses/schema.ts";

const SettingsForm = CourseSettings.extend({
  ...SeenVersion.shape,
  courseId: Id,
  // An unticked box is not sent.
  sendUnchanged: z.boolean().default(false),
});

export const saveSettings = formAction(SettingsForm, async (caller, input) => {
  await updateCourseSettings(caller, ifSeen(input));
  return done("Settings saved");
});
