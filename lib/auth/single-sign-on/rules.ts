import type { SignUpRule } from "./settings.ts";

/** What the provider says of a person, verified. */
export type Claims = Record<string, unknown> & { sub: string };

/** The first rule that a person's claims meet. */
export function ruleFor(rules: readonly SignUpRule[], claims: Claims): SignUpRule | undefined {
  return rules.find((rule) => meets(rule, claims));
}

/**
 * Whether a claim is the value or has it in its list. `email` with `@example.edu` means everybody
 * of that domain, once the provider has verified the address.
 */
function meets({ claim, value }: SignUpRule, claims: Claims): boolean {
  if (claim === "email" || claim === "email_domain") {
    const email = verifiedEmail(claims);
    if (email === null) return false;
    const domain = email.slice(email.lastIndexOf("@"));
    const wanted = value.toLowerCase();
    if (claim === "email_domain") return domain === `@${wanted.replace(/^@/, "")}`;
    return wanted.startsWith("@") ? domain === wanted : email === wanted;
  }
  const found = claimNamed(claims, claim);
  const values = Array.isArray(found) ? (found as unknown[]) : [found];
  return values.some((each) => isPlain(each) && String(each) === value);
}

/** Only where the provider says that it has verified it. */
export function verifiedEmail({ email, email_verified: isVerified }: Claims): string | null {
  if (typeof email !== "string" || !email.includes("@")) return null;
  return isVerified === true || isVerified === "true" ? email.trim().toLowerCase() : null;
}

/** A claim by its name, or by a path of names with dots between them. */
function claimNamed(claims: object, name: string): unknown {
  if (Object.hasOwn(claims, name)) return (claims as Record<string, unknown>)[name];
  return name.split(".").reduce<unknown>((found, step) => {
    const isObject = typeof found === "object" && found !== null && Object.hasOwn(found, step);
    return isObject ? (found as Record<string, unknown>)[step] : undefined;
  }, claims);
}

function isPlain(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}
