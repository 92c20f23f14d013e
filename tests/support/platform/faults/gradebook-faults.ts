import { z } from "zod";
import { fault } from "./selection.ts";

/** What Moodle's gradebook was seen to do with scores that it answered with success, or not. */
export const gradebookFaults = [
  fault("locked_as", { style: z.enum(["moodle_500"]) }),
  fault("round_points", { decimals: z.number().int().min(0).max(10).default(5) }),
  fault("clip_points", {}),
  fault("keeps_nothing", {}),
  fault("wipe_on_unenrolment", {}),
  fault("bare_empty_results", {}),
  fault("paged_results_missing", {}),
  fault("reason_in_status_line", {}),
  fault("gone_as", { style: z.enum(["moodle_404"]) }),
] as const;
