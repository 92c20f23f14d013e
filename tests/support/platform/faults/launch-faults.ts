import { z } from "zod";
import { fault } from "./selection.ts";

/** Faults of launches, notices and Dynamic Registration. */
export const launchFaults = [
  fault("launch_claims", {
    set: z.record(z.string(), z.unknown()).default({}),
    remove: z.array(z.string()).default([]),
  }),
  fault("launch_signature", { as: z.enum(["other_key", "none", "unknown_kid", "no_kid"]) }),
  fault("launch_reply", { as: z.enum(["no_state", "other_state", "no_id_token", "error"]) }),
  fault("registration_error", {
    status: z.number().int().min(400).max(599).default(422),
    error: z.string().default("invalid_client_metadata"),
    description: z.string().default("the registration is not acceptable"),
  }),
  fault("registration_status_as", { status: z.union([z.literal(200), z.literal(201)]) }),
  fault("no_registration_token", {}),
  fault("strict_registration", {}),
  fault("configuration_redirects", {}),
  fault("configuration_fields", { set: z.record(z.string(), z.unknown()) }),
] as const;
