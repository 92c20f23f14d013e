import { notify } from "#lib/db/changes.ts";
import { transaction } from "#lib/db/client.ts";
import { findCourse } from "#lib/db/courses/courses.ts";
import * as stored from "#lib/db/scores/withdrawal.ts";
import { audit } from "../audit/trail.ts";
import type { Asker } from "../caller.ts";
import { permit } from "../permit.ts";
import { requiredLineItem } from "../line-items/line-items.ts";
import { validated } from "../validated.ts";
import { ScoreWithdrawal, type ScoresWithdrawn } from "./schema.ts";

/** Takes back scores of a line item that wait to be sent; what was sent stays sent. */
export async function withdrawScores(
  asker: Asker,
  { lineItemId, ...input }: { lineItemId: string } & ScoreWithdrawal,
): Promise<ScoresWithdrawn> {
  const caller = await permit(asker, "scores:write", { lineItemId });
  const userIds = [...new Set(validated(ScoreWithdrawal, input).userIds)];
  return transaction(caller.db, async (tx) => {
    const { id, courseId } = await requiredLineItem(tx, lineItemId);
    const withdrawn = await stored.withdrawScores(tx, { lineItemId: id, userIds });
    const result = { withdrawn, notWaiting: userIds.length - withdrawn };
    await audit(tx, caller, {
      action: "scores.withdraw",
      object: "line_item",
      objectId: id,
      detail: { ...result, courseId },
    });
    const course = await findCourse(tx, courseId);
    await notify(tx, { courseId, registrationId: course?.registrationId });
    return result;
  });
}
