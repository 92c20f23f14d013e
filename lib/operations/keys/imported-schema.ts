import { z } from "zod";
import { Id, Timestamp } from "../fields.ts";
import { SignsWith } from "../registrations/schema.ts";

export const ImportedKeyInput = z
  .object({
    key: z.string().trim().min(1, "the private key is required").max(40_000).meta({
      description:
        "PEM (PKCS#8 or PKCS#1), a JWK, or a key set that holds one private key; RSA of 2,048 bits at least",
    }),
    kid: z
      .string()
      .trim()
      .max(300)
      .optional()
      .meta({ description: "its key ID in the tool's key set, where the key does not say it" }),
    passphrase: z.string().max(1_000).optional().meta({ description: "of an encrypted PEM" }),
    signsNow: z.boolean().default(true).meta({
      description: "false: it waits beside the one that signs, until it is told to take over",
    }),
  })
  .meta({ id: "ImportedKeyInput" });
export type ImportedKeyInput = z.input<typeof ImportedKeyInput>;

const PublicKey = z.object({
  kty: z.string(),
  n: z.string(),
  e: z.string(),
  kid: z.string(),
  alg: z.string(),
  use: z.string(),
});

export const ImportedKeyView = z
  .object({
    id: Id,
    kid: z.string(),
    state: z.enum(["next", "signing", "previous"]).meta({
      description: "next: has signed nothing yet; previous: signs nothing any more",
    }),
    bits: z.number().int(),
    publicJwk: PublicKey.meta({ description: "what the tool's key set publishes of it" }),
    importedBy: z.string(),
    createdAt: Timestamp,
    activatedAt: Timestamp.nullable(),
  })
  .meta({ id: "ImportedKey" });
export type ImportedKeyView = z.infer<typeof ImportedKeyView>;

export const RegistrationKeys = z
  .object({
    registrationId: Id,
    signsWith: SignsWith,
    keySetUrl: z
      .string()
      .nullable()
      .meta({ description: "the key set that the LMS reads; null where it was given the key" }),
    ownKeySetUrl: z.string().meta({ description: "where Rollbook's own keys are" }),
    ownKeys: z.array(PublicKey).meta({ description: "for the tool's key set, where ours signs" }),
    kid: z.string().nullable().meta({ description: "of the key that signs; null: there is none" }),
    imported: z.array(ImportedKeyView).meta({ description: "newest first" }),
  })
  .meta({ id: "RegistrationKeys" });
export type RegistrationKeys = z.infer<typeof RegistrationKeys>;
