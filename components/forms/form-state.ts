import type { SubmissionResult } from "@conform-to/react";
import type { Problem } from "#lib/operations/fields.ts";

/** What a server action leaves behind for the form that called it. */
export type FormState<Result = unknown> = {
  status: "idle" | "error" | "done";
  /** What was submitted and which fields were wrong, for conform. */
  submission?: SubmissionResult<string[]>;
  fields?: Record<string, string[]>;
  message?: string;
  code?: string;
  problem?: Problem;
  result?: Result;
};

export type FormAction<Result = undefined> = (
  previous: FormState<Result>,
  form: FormData,
) => Promise<FormState<Result>>;

export const idleForm: FormState<never> = { status: "idle" };
