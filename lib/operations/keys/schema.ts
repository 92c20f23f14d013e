import { z } from "zod";
import { Timestamp } from "../fields.ts";

export const SigningKeyView = z
  .object({
    kid: z.string(),
    state: z.enum(["next", "signing", "previous", "retired"]).meta({
      description:
        "next: published, signs nothing yet; previous: still published, signs nothing any more",
    }),
    createdAt: Timestamp,
    activatedAt: Timestamp.nullable(),
    retiredAt: Timestamp.nullable(),
    mayChangeAt: Timestamp.nullable().meta({
      description: "when a next key may sign, or a previous one may be retired",
    }),
    fetchedBy: z.number().int().meta({ description: "callers that have seen it in our key set" }),
  })
  .meta({ id: "SigningKey" });
export type SigningKeyView = z.infer<typeof SigningKeyView>;

const JwksFetchView = z
  .object({
    address: z.string(),
    userAgent: z.string(),
    fetches: z.number().int(),
    firstAt: Timestamp,
    lastAt: Timestamp,
    hasSigningKey: z.boolean().meta({ description: "its last copy holds the key that signs" }),
  })
  .meta({ id: "JwksFetch" });
export type JwksFetchView = z.infer<typeof JwksFetchView>;

export const SigningKeyList = z
  .object({
    keysetUrl: z.string(),
    keys: z.array(SigningKeyView),
    fetches: z.array(JwksFetchView).meta({ description: "the latest first" }),
  })
  .meta({ id: "SigningKeyList" });
export type SigningKeyList = z.infer<typeof SigningKeyList>;
