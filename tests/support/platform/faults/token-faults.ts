import { z } from "zod";
import { audiencesSchema } from "#tests/support/platform/control/schemas.ts";
import { fault } from "./selection.ts";

/** Faults of the token endpoint and of the tokens it gave. */
export const tokenFaults = [
  fault("token_lifetime", { seconds: z.number().positive() }),
  fault("lying_expires_in", { realSeconds: z.number().positive() }),
  fault("token_dies_after_uses", { uses: z.number().int().positive() }),
  fault("dead_token_as", { style: z.enum(["bare_401"]) }),
  fault("revoke_after_score", {}),
  fault("withhold_scopes", { scopes: z.array(z.string()) }),
  fault("scope_in_reply", { as: z.enum(["omitted", "empty", "list", "null"]) }),
  fault("expires_in_reply", {
    as: z.enum(["string", "absent", "garbage", "negative", "null", "float"]),
  }),
  fault("token_type_reply", { as: z.enum(["bearer", "BEARER", "absent", "misspelt", "MAC"]) }),
  fault("token_reply_body", { as: z.enum(["html", "truncated", "array", "no_access_token"]) }),
  fault("token_error", {
    error: z.string().default("invalid_client"),
    description: z.string().optional(),
    status: z.number().int().min(400).max(599).default(400),
  }),
  fault("strict_scopes", {}),
  fault("require_audience", { audiences: audiencesSchema }),
  fault("audience_array_breaks", {}),
  fault("require_assertion_typ", { typ: z.string().default("client-authentication+jwt") }),
  fault("refetch_tool_jwks", {}),
  fault("unreachable_keys_as", { style: z.enum(["moodle_404"]) }),
] as const;
