import { z } from "zod";
import { Id } from "../../fields.ts";

export const ImportInput = z
  .object({
    text: z.string().min(1).max(2_000_000).meta({
      description:
        "a file: PyLTI1p3's JSON, platforms of ltijs as JSON (a list, or one a line), or CSV with a header",
    }),
  })
  .meta({ id: "RegistrationImport" });
export type ImportInput = z.infer<typeof ImportInput>;

export const ImportFormat = z
  .enum(["pylti1p3", "ltijs", "csv"])
  .meta({ id: "RegistrationImportFormat" });
export type ImportFormat = z.infer<typeof ImportFormat>;

export const ImportDifference = z
  .object({
    field: z.enum([
      "tokenEndpoint",
      "authorizationEndpoint",
      "jwksUrl",
      "audience",
      "deploymentIds",
    ]),
    here: z.string(),
    file: z.string(),
  })
  .meta({ id: "RegistrationImportDifference" });
export type ImportDifference = z.infer<typeof ImportDifference>;

export const ImportRow = z
  .object({
    place: z.string().meta({ description: "where it stands in the file" }),
    name: z.string(),
    issuer: z.string(),
    clientId: z.string(),
    deploymentIds: z.array(z.string()),
    becomes: z.enum(["added", "known", "differs", "refused"]).meta({
      description:
        "known: a registration has this issuer and client ID, and says the same; differs: it says something else, and is not changed",
    }),
    registrationId: Id.nullable().meta({ description: "of one that was added or is known" }),
    differences: z
      .array(ImportDifference)
      .meta({ description: "what the file has otherwise than the registration" }),
    reasons: z.array(z.string()).meta({ description: "why it is refused" }),
    advice: z.string().nullable().meta({ description: "what to do about one that is not added" }),
  })
  .meta({ id: "RegistrationImportRow" });
export type ImportRow = z.infer<typeof ImportRow>;

export const ImportResult = z
  .object({
    format: ImportFormat,
    added: z.number().int(),
    known: z.number().int(),
    differs: z.number().int(),
    refused: z.number().int(),
    rows: z.array(ImportRow),
  })
  .meta({ id: "RegistrationImportResult" });
export type ImportResult = z.infer<typeof ImportResult>;
