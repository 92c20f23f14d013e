"use server";

import { z } from "zod";
import { done, formAction, goTo } from "../../../_server/forms/form-action.ts";
import { formatCount, plural } from "#lib/format.ts";
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
  const { removed, stayed } = await approveHold(caller, input);
  const back = stayed > 0 ? `; ${formatCount(stayed)} back on the roster and not removed` : "";
  return done(`${plural(removed, "member")} removed${back}`);
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
