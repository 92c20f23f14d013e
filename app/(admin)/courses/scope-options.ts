import { serviceScopes } from "#lib/operations/registrations/platform-facts.ts";

/** The service scopes that courses are filtered by. */
export function scopeOptions(): { value: string; label: string }[] {
  return serviceScopes().map(({ scope, shortName }) => {
    return { value: scope, label: `Uses ${shortName}` };
  });
}
