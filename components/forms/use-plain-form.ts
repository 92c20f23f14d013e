"use client";

import { useRereadWhenDone } from "./acts/use-reread-when-done.ts";
import type { FormField } from "./fields/field.tsx";
import type { FormAction, FormState } from "./form-state.ts";
import { useAct } from "./use-act.ts";

/**
 * A form of a few plain fields: without lists of fields, nothing of it need be rearranged in the
 * browser, and the page loads nothing for it.
 */
export function usePlainForm<Name extends string, Result = undefined>(
  action: FormAction<Result>,
  id: string,
  names: readonly Name[],
  given: Partial<Record<Name, string | string[] | null>> = {},
) {
  const [state, submit, isPending] = useAct<Result>(action);
  useRereadWhenDone(state);
  // A form that comes back says what was sent, also where a field was left empty.
  const values: Record<string, unknown> = state.submission?.initialValue ?? given;
  const fieldOf = (name: Name): FormField => ({
    key: name,
    id: `${id}-${name}`,
    name,
    descriptionId: `${id}-${name}-description`,
    errorId: `${id}-${name}-error`,
    errors: errorsOf(state.fields, name),
    initialValue: values[name],
  });
  const fields = Object.fromEntries(names.map((name) => [name, fieldOf(name)]));
  return { id, state, submit, isPending, fields: fields as Record<Name, FormField> };
}

/** Those of a field and of what it is a list of. */
function errorsOf(fields: FormState["fields"], name: string): string[] | undefined {
  const messages = Object.entries(fields ?? {})
    .filter(([field]) => field === name || field.startsWith(`${name}[`))
    .flatMap(([, found]) => found);
  return messages.length > 0 ? messages : undefined;
}
