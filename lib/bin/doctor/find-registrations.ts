import type { Asker } from "#lib/operations/caller.ts";
import { listRegistrations } from "#lib/operations/registrations/registrations.ts";
import type { RegistrationView } from "#lib/operations/registrations/schema.ts";

/** The registrations meant by an ID, a name in whatever case, or `--all`; archived ones are not. */
export async function findRegistrations(
  caller: Asker,
  wanted: string,
): Promise<RegistrationView[]> {
  const all: RegistrationView[] = [];
  let cursor: string | undefined;
  do {
    const page = await listRegistrations(caller, { limit: 200, cursor });
    all.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  if (wanted === "--all") return all;
  const name = wanted.toLowerCase();
  return all.filter((one) => one.id === name || one.name.toLowerCase() === name);
}
