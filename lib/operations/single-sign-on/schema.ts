import { z } from "zod";
import { Timestamp } from "../fields.ts";
import { SignUpRule, singleSignOnFields } from "#lib/auth/single-sign-on/settings.ts";

export const SingleSignOnInput = z
  .object({
    ...singleSignOnFields,
    issuer: singleSignOnFields.issuer.unwrap().meta({ description: "empty: it is off" }),
    clientId: singleSignOnFields.clientId.unwrap(),
    clientSecret: z
      .string()
      .max(1_000)
      .optional()
      .meta({ description: "kept as it is where it is absent; empty: none" }),
  })
  .meta({ id: "SingleSignOnInput" });
export type SingleSignOnInput = z.input<typeof SingleSignOnInput>;

export const SingleSignOnView = z
  .object({
    source: z.enum(["environment", "settings", "none"]).meta({
      description: "what the environment says goes before what is set here",
    }),
    isOn: z.boolean(),
    issuer: z.string(),
    clientId: z.string(),
    hasClientSecret: z.boolean(),
    label: z.string().meta({ description: "the button's words on the sign-in page" }),
    scopes: z.string(),
    rules: z.array(SignUpRule).meta({
      description: "the first that a person's claims meet says what they may do",
    }),
    only: z.boolean().meta({ description: "nobody signs in with a password" }),
    passwordsAreOff: z.boolean(),
    onlyIgnoredBecause: z.string().nullable().meta({
      description: "why passwords open sessions although `only` is set",
    }),
    redirectUri: z.string().meta({ description: "to be registered at the provider" }),
  })
  .meta({ id: "SingleSignOn" });
export type SingleSignOnView = z.infer<typeof SingleSignOnView>;

export const PasswordsAllowed = z.object({ until: Timestamp }).meta({ id: "PasswordsAllowed" });

export const SingleSignOnTest = z
  .object({
    works: z.boolean(),
    words: z.string(),
    issuer: z.string().nullable(),
    authorizationEndpoint: z.string().nullable(),
    tokenEndpoint: z.string().nullable(),
    keys: z.array(
      z.object({
        kid: z.string().nullable(),
        alg: z.string().nullable(),
        kty: z.string().nullable(),
      }),
    ),
    problems: z.array(z.string()),
  })
  .meta({ id: "SingleSignOnTest" });
export type SingleSignOnTest = z.infer<typeof SingleSignOnTest>;
