import { z } from "zod";
import { fault } from "./selection.ts";

export const LINK_DIALECTS = [
  "lower_case_name",
  "upper_case_rel",
  "curly_quotes",
  "amp_entity",
  "curly_quotes_and_amp_entity",
  "unquoted",
  "single_quotes",
  "multi_rel",
  "several_links",
  "separate_headers",
  "comma_in_url",
  "other_params",
  "relative",
  "loop",
  "repeat",
  "cross_origin",
  "drops_role",
  "missing",
  "garbage",
] as const;

/** Faults of paged lists (memberships, line items, results) and of roster rows. */
export const rosterFaults = [
  fault("page_cap", { size: z.number().int().positive().default(50) }),
  fault("default_page", { size: z.number().int().positive().default(10) }),
  fault("ignore_limit", { when: z.enum(["always", "limit_absent"]).default("always") }),
  fault("link_dialect", { as: z.enum(LINK_DIALECTS) }),
  fault("offset_paging", {}),
  fault("no_differences", {}),
  fault("active_only", {}),
  fault("role_filter", { as: z.enum(["ignored", "empty", "refused"]) }),
  fault("roles_as", { style: z.enum(["uri", "short"]) }),
  fault("assistants_as_learners", {}),
  fault("status_as", { style: z.enum(["absent", "lower_case"]) }),
  fault("hide_fields", {
    fields: z
      .array(z.string())
      .default([
        "name",
        "given_name",
        "family_name",
        "middle_name",
        "email",
        "picture",
        "lis_person_sourcedid",
      ]),
  }),
  fault("message_as", { shape: z.enum(["object", "absent"]) }),
  fault("member_defect", {
    /** A user ID; without one the place in the page, counted from 0. */
    member: z.string().optional(),
    position: z.number().int().min(0).default(0),
    defect: z.enum([
      "no_user_id",
      "numeric_user_id",
      "no_roles",
      "roles_string",
      "unknown_role",
      "unknown_status",
      "null_fields",
      "not_an_object",
    ]),
  }),
  fault("container_defect", {
    defect: z.enum(["no_context", "no_members", "members_object", "array_body"]),
  }),
  fault("context_id_as", { id: z.string() }),
] as const;
