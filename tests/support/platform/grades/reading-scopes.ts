import type { Exchange } from "../exchange.ts";
import type { PlatformState } from "../state.ts";
import { SCOPE } from "../wire.ts";

/** The scopes that allow line items to be read: either, except where a platform wants the readonly one. */
export function readingScopes({ faults }: PlatformState, { facts }: Exchange): string[] {
  const isReadonlyOnly = faults.take("readonly_scope_required", facts) !== undefined;
  return isReadonlyOnly ? [SCOPE.lineItemReadonly] : [SCOPE.lineItemReadonly, SCOPE.lineItem];
}
