import type { Caller } from "../caller.ts";
import { type FieldErrors, InvalidInput } from "../errors.ts";

/**
 * Refuses platform addresses that could never be called: plain http is for private networks,
 * and only where this installation allows them.
 */
export function checkPlatformAddresses(
  caller: Caller,
  addresses: Record<string, string | null>,
): void {
  if (caller.settings.allowPrivateNetwork) return;
  const fields: FieldErrors = {};
  for (const [field, address] of Object.entries(addresses)) {
    if (address?.toLowerCase().startsWith("http:")) fields[field] = ["must use https"];
  }
  if (Object.keys(fields).length > 0) throw new InvalidInput(fields);
}
