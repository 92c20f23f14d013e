import { rightsOfRole } from "#lib/auth/rights.ts";
import { transaction } from "#lib/db/client.ts";
import { deleteSecondFactors } from "#lib/db/sign-in/second-factors.ts";
import { endOtherSessions } from "#lib/db/sign-in/sessions.ts";
import type { Asker } from "../caller.ts";
import { Conflict } from "../errors.ts";
import { handsOn } from "../operators/handing-on.ts";
import { auditOperator, operatorView, requiredOperator } from "../operators/operators.ts";
import type { OperatorView } from "../operators/schema.ts";
import { permitProven } from "../permit.ts";

/**
 * Takes app and recovery codes of somebody away who has lost them, and ends the person's
 * sessions: a password then does until a second factor is set up again.
 *
 * @throws Conflict      it is the caller, or there is nothing to take away
 * @throws NotPermitted  the person may do more than the asker
 */
export async function resetSecondFactor(
  asker: Asker,
  { operatorId }: { operatorId: string },
): Promise<OperatorView> {
  const caller = await permitProven(asker, "admin", "everywhere");
  return transaction(caller.db, async (tx) => {
    const operator = await requiredOperator(tx, operatorId);
    if (operator.id === caller.actor.id)
      throw new Conflict("your own second factor is changed under Settings → Your account");
    if (operator.secondFactors.length === 0) throw new Conflict("there is no second factor");
    handsOn(caller.actor, rightsOfRole(operator.role, operator));
    await deleteSecondFactors(tx, operator.id);
    await endOtherSessions(tx, { operatorId: operator.id, keptId: null });
    await auditOperator(tx, caller, "operator.reset_second_factor", operator);
    return operatorView(await requiredOperator(tx, operator.id));
  });
}
