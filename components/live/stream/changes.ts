import type { ReadKey } from "../read.ts";

/** What the server says has changed; details are read again, not sent along. */
export type Change = {
  runIds: string[];
  registrationIds: string[];
  courseIds: string[];
  operationIds: string[];
};

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** A resource of named objects changes with one of them; a list changes with anything. */
export function isTouched([path, query]: ReadKey, changedIds: ReadonlySet<string>): boolean {
  if (changedIds.size === 0) return false;
  const named =
    path.match(UUID) ?? Object.values(query).flatMap((value) => value.match(UUID) ?? []);
  return named.length === 0 || named.some((id) => changedIds.has(id));
}

export function parseChange(data: string): string[] {
  const change = JSON.parse(data) as Partial<Change>;
  const { runIds = [], registrationIds = [], courseIds = [], operationIds = [] } = change;
  return [...runIds, ...registrationIds, ...courseIds, ...operationIds];
}
