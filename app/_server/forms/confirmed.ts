import { InvalidInput } from "#lib/operations/errors.ts";

/** @throws InvalidInput  what was typed is not the name of what the act is about */
export function confirmed(typed: string, name: string): void {
  if (typed.trim() !== name.trim())
    throw new InvalidInput({ confirmation: [`this is not the name “${name}”`] });
}
