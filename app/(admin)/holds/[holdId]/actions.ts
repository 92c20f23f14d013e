"use server";

import { z } from "zod";
import { done, formAction, goTo } from "../../../_server/form-action.ts";
import { plural } from "#lib/format.ts";
import {
  approveHold,
  checkHoldAgain,
  discardHold,
  restoreHold,
} from "#lib/operations/holds/holds.ts";
import { allowLargerDrops } from "#lib/operations/courses/larger-drops.ts";
import { Id } from "#lib/operations/fields.ts";

const Hold = z.object({ holdId: Id });

export const approve = formAction(Hold, async (caller, input) => {
  const { removed } = await approveHold(caller, input);
  return done(`${plural(removed, "member")} removed`);
});

export const discard = formAction(Hold, async (caller, input) => {
  await discardHold(caller, input);
  return done("Discarded; everybody stays");
});

export const restore = formAction(Hold, async (caller, input) => {
  const { restored } = await restoreHold(caller, input);
  return done(`${plural(restored, "person", "people")} restored`);
});

export const checkAgain = formAction(Hold, async (caller, input) => {
  const { run } = await checkHoldAgain(caller, input);
  return goTo(`/runs/${run.id}`);
});

export const allowLarger = formAction(z.object({ courseId: Id }), async (caller, input) => {
  await allowLargerDrops(caller, input);
  return done("Larger drops are allowed for two hours");
});
