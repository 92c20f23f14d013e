import type { Option } from "#components/forms/fields/select-field.tsx";
import type { Asker } from "#lib/operations/caller.ts";
import { listRegistrations } from "#lib/operations/registrations/registrations.ts";

const MOST_SHOWN = 200;

/** The registrations in use, to choose one from. */
export async function registrationOptions(caller: Asker): Promise<Option[]> {
  const { items } = await listRegistrations(caller, { limit: MOST_SHOWN });
  return items.map(({ id, name }) => ({ value: id, label: name }));
}
