import type { Exchange } from "#tests/support/platform/exchange.ts";
import type { PlatformState } from "#tests/support/platform/state.ts";
import { SCOPE } from "#tests/support/platform/wire.ts";

/** The scopes that allow line items to be read: either, except where a platform wants the readonly one. */
export function readingScopes({ faults }: PlatformState, { facts }: Exchange): string[] {
  const isReadonlyOnly = faults.take("readonly_scope_required", facts) !== undefined;
  return isReadonlyOnly ? [SCOPE.lineItemReadonly] : [SCOPE.lineItemReadonly, SCOPE.lineItem];
}
