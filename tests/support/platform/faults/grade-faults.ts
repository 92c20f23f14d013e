import { z } from "zod";
import { fault } from "./selection.ts";

export const USER_REFUSALS = [
  "moodle_400",
  "canvas_422",
  "blackboard_400",
  "brightspace_403",
  "brightspace_404",
  "brightspace_422",
] as const;

/** Faults of line items, scores and results. */
export const gradeFaults = [
  fault("whole_second_timestamps", {}),
  fault("old_timestamp_as", { style: z.enum(["moodle_409", "canvas_400"]) }),
  fault("wipe_unless_fully_graded", {}),
  fault("ungradable_user", { as: z.enum(USER_REFUSALS).default("canvas_422") }),
  fault("unknown_user_as", { style: z.enum(USER_REFUSALS) }),
  fault("refuse_as_empty_list", { when: z.enum(["always", "newline_in_body"]).default("always") }),
  fault("score_reply", {
    status: z.union([z.literal(200), z.literal(201), z.literal(202), z.literal(204)]),
    body: z.string().default(""),
  }),
  fault("max_attempts", { attempts: z.number().int().positive() }),
  fault("override_sticks", {}),
  fault("row_defect", {
    /** The place in the page, counted from 0. */
    position: z.number().int().min(0).default(0),
    defect: z.enum([
      "not_an_object",
      "no_id",
      "no_user_id",
      "no_maximum",
      "zero_maximum",
      "text_numbers",
    ]),
  }),
  fault("coupled_delete_refused", {}),
  fault("readonly_scope_required", {}),
  fault("foreign_course_as", { style: z.enum(["canvas_401"]) }),
] as const;
