import type { Submission } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { redirect } from "next/navigation";
import type { z } from "zod";
import type { FormAction, FormState } from "#components/forms/form-state.ts";
import { isCodedError } from "#lib/errors.ts";
import type { Asker } from "#lib/operations/caller.ts";
import type { FieldErrors } from "#lib/operations/errors.ts";
import { actionCaller } from "../caller.ts";
import { missingWords } from "./missing-words.ts";
import { fieldsOf, problemOf } from "../problem.ts";

/** Where an action leads: to another page, or back to the form with a word or a result. */
export type Destination<Result> =
  { goTo: string } | { goTo?: undefined; message?: string; result?: Result };

export type FormOptions = {
  /** Secrets: never sent back to the form. */
  hideFields?: string[];
};

export function goTo(path: string): { goTo: string } {
  return { goTo: path };
}

export function done<Result = undefined>(message?: string, result?: Result): Destination<Result> {
  return { message, result };
}

/**
 * Makes a server action for `useActionState` out of an operation. Identity comes from the
 * session; the schema checks the form's shape; the operation checks the rules.
 */
export function formAction<Schema extends z.ZodType, Result = undefined>(
  schema: Schema,
  operate: (caller: Asker, input: z.output<Schema>) => Promise<Destination<Result>>,
  options: FormOptions = {},
): FormAction<Result> {
  return actionOf(schema, actionCaller, operate, options);
}

/** The same for forms that need nobody signed in: sign-in, first run, sign-out. */
export function visitorAction<Schema extends z.ZodType, Result = undefined>(
  schema: Schema,
  operate: (input: z.output<Schema>) => Promise<Destination<Result>>,
  options: FormOptions = {},
): FormAction<Result> {
  return actionOf(schema, nobody, (_nobody, input) => operate(input), options);
}

const nobody = async () => null;

function actionOf<Schema extends z.ZodType, Who, Result>(
  schema: Schema,
  identify: () => Promise<Who>,
  operate: (who: Who, input: z.output<Schema>) => Promise<Destination<Result>>,
  options: FormOptions,
): FormAction<Result> {
  return async (_previous, form) => {
    const submission = parseWithZod(form, { schema, error: missingWords });
    let destination: Destination<Result>;
    try {
      // Before the form is looked at: what is wrong with it is not for strangers.
      const who = await identify();
      if (submission.status !== "success") return unsent(submission, options);
      destination = await operate(who, submission.value);
    } catch (error) {
      return toFormState(error, submission, options);
    }
    // `redirect` throws by design, so it stays outside the try.
    if (destination.goTo !== undefined) redirect(destination.goTo);
    return { status: "done", submission: submission.reply({ resetForm: true }), ...destination };
  };
}

type Reply = Pick<Submission<unknown>, "reply">;

function unsent(
  submission: Exclude<Submission<unknown>, { status: "success" }>,
  { hideFields }: FormOptions,
): FormState<never> {
  // A list field added or removed without JavaScript: the form comes back as it now is.
  if (submission.status === undefined) return { status: "idle", submission: submission.reply() };
  const found = Object.entries(submission.error ?? {});
  return {
    status: "error",
    code: "operation.invalid_input",
    message: "some of the input is not valid",
    fields: Object.fromEntries(found.map(([name, messages]) => [name, messages ?? []])),
    submission: submission.reply({ hideFields }),
  };
}

function toFormState(
  error: unknown,
  submission: Reply,
  { hideFields }: FormOptions,
): FormState<never> {
  if (!isCodedError(error)) throw error;
  const fields = withFormNames(fieldsOf(error));
  const problem = problemOf(error);
  return {
    status: "error",
    code: error.code,
    message: error.message,
    fields,
    problem,
    submission: submission.reply({
      ...(Object.keys(fields).length === 0 && { formErrors: [error.message] }),
      fieldErrors: fields,
      hideFields,
    }),
  };
}

/** `scopes.0` is called `scopes[0]` in a form. */
function withFormNames(fields: FieldErrors): FieldErrors {
  const named = Object.entries(fields).map(([path, messages]) => [
    path.replace(/\.(\d+)(?=\.|$)/g, "[$1]"),
    messages,
  ]);
  return Object.fromEntries(named) as FieldErrors;
}
