import { z } from "zod";
import { ROLES } from "../rights.ts";

const text = (most: number) => z.string().trim().max(most);

const Issuer = text(500).refine((url) => url === "" || isIssuer(url), {
  error: "must be an http:// or https:// address, without query and fragment",
});

/** What a person of the provider may do who has a claim with this value. */
export const SignUpRule = z
  .object({
    claim: text(200).min(1, "name the claim"),
    value: text(500).min(1, "name the value"),
    role: z.enum(ROLES),
    seesNames: z.boolean().default(false),
    registrationIds: z.array(z.uuid()).max(100).default([]),
  })
  .refine(({ role, registrationIds }) => role !== "admin" || registrationIds.length === 0, {
    path: ["registrationIds"],
    message: "an admin cannot be limited to registrations",
  });
export type SignUpRule = z.output<typeof SignUpRule>;

/** Everything about single sign-on but the client secret. */
export const singleSignOnFields = {
  issuer: Issuer.default(""),
  clientId: text(300).default(""),
  label: text(60).default(""),
  scopes: text(300)
    .default("openid email profile")
    .refine((scopes) => scopes.split(/\s+/).includes("openid"), { error: "must have openid" }),
  rules: z.array(SignUpRule).max(50).default([]),
  only: z.boolean().default(false),
};

export const SingleSignOnValues = z.object({
  ...singleSignOnFields,
  clientSecret: z.string().max(1_000).optional(),
});
/** As the environment or the settings give it; without issuer and client ID it is off. */
export type SingleSignOnValues = z.output<typeof SingleSignOnValues>;

export function isConfigured({ issuer, clientId }: SingleSignOnValues): boolean {
  return issuer !== "" && clientId !== "";
}

/** Names provider and client, without any secret. */
export function providerKey({ issuer, clientId }: SingleSignOnValues): string {
  return JSON.stringify([issuer, clientId]);
}

function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, search, hash, username } = new URL(text);
  return /^https?:$/.test(protocol) && search === "" && hash === "" && username === "";
}
