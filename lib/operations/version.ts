import { createHash } from "node:crypto";
import { VersionMismatch } from "./errors.ts";

/** Versions that the caller has seen, one of which must be the present one; undefined: any. */
export type Expected = { ifVersion?: readonly string[] };

/**
 * Names a state of the fields that can be edited: the same values, the same version. What changes
 * by itself, such as counts and health, has no part in it.
 */
export function versionOf(fields: object): string {
  return createHash("sha256").update(canonical(fields)).digest("base64url").slice(0, 22);
}

/** @throws VersionMismatch  somebody changed it since; names what is stored now */
export function checkVersion({ ifVersion }: Expected, fields: object): void {
  if (ifVersion === undefined) return;
  const version = versionOf(fields);
  if (!ifVersion.includes(version)) throw new VersionMismatch(version, { ...fields });
}

/** JSON with its keys in order: a database does not keep the order they came in. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(
      Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)),
    );
  });
}
