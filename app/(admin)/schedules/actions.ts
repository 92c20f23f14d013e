"use server";

import { z } from "zod";
import { done, formAction, goTo } from "../../_server/forms/form-action.ts";
import { ifSeen, SeenVersion } from "../../_server/forms/seen-version.ts";
import * as schedules from "#lib/operations/schedules/schedules.ts";
import { Id } from "#lib/operations/fields.ts";
import { ScheduleForm, scheduleOf } from "./form-schema.ts";

const Schedule = z.object({ scheduleId: Id });

export const addSchedule = formAction(
  ScheduleForm.extend({ courseId: Id.optional(), registrationId: Id.optional() }),
  async (caller, { courseId, registrationId, ...typed }) => {
    const target = courseId ? { courseId } : { registrationId };
    await schedules.createSchedule(caller, { ...scheduleOf(typed), ...target });
    return goTo(
      courseId ? `/courses/${courseId}/settings` : `/registrations/${registrationId}/schedules`,
    );
  },
);

export const saveSchedule = formAction(
  ScheduleForm.extend({ ...Schedule.shape, ...SeenVersion.shape }),
  async (caller, { scheduleId, version, ...typed }) => {
    const change = ifSeen({ version, scheduleId, ...scheduleOf(typed) });
    const saved = await schedules.updateSchedule(caller, change);
    const { courseId, registrationId } = saved;
    return goTo(
      courseId ? `/courses/${courseId}/settings` : `/registrations/${registrationId}/schedules`,
    );
  },
);

export const enable = formAction(Schedule, async (caller, input) => {
  await schedules.enableSchedule(caller, input);
  return done("Schedule enabled");
});

export const disable = formAction(Schedule, async (caller, input) => {
  await schedules.disableSchedule(caller, input);
  return done("Schedule disabled");
});

export const remove = formAction(Schedule, async (caller, input) => {
  await schedules.deleteSchedule(caller, input);
  return done("Schedule deleted");
});
