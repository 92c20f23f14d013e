"use server";

import { z } from "zod";
import { done, formAction } from "../../../../_server/forms/form-action.ts";
import { holdLargerDrops } from "#lib/operations/courses/larger-drops.ts";
import * as members from "#lib/operations/rosters/members.ts";
import { Id } from "#lib/operations/fields.ts";

const Course = z.object({ courseId: Id });

export const holdLarger = formAction(Course, async (caller, input) => {
  await holdLargerDrops(caller, input);
  return done("Larger drops are held again");
});

export const restoreMember = formAction(
  Course.extend({ userId: z.string() }),
  async (caller, input) => {
    const { name, userId } = await members.restoreMember(caller, input);
    return done(`${name ?? userId} is back in the course`);
  },
);
