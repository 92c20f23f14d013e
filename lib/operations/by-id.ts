import { NotFound } from "./errors.ts";
import { Id } from "./fields.ts";

/**
 * What `find` finds by an ID from outside.
 *
 * @throws NotFound  no such thing, or no such ID at all; `noun` says what was looked for
 */
export async function byId<Found>(
  noun: string,
  id: string,
  find: (id: string) => Promise<Found | null | undefined>,
): Promise<Found> {
  const found = Id.safeParse(id).success ? await find(id) : null;
  if (found === null || found === undefined) throw new NotFound(noun, id);
  return found;
}
