import { z } from "zod";

/** A hidden field of every form that edits something: the version it was filled from. */
export const SeenVersion = z.object({ version: z.string().optional() });

/** As an operation takes it: saved only over what the person has seen. */
export function ifSeen<Fields extends { version?: string }>({ version, ...fields }: Fields) {
  return { ...fields, ...(version !== undefined && { ifVersion: [version] }) };
}
