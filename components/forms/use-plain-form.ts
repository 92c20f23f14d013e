"use client";

import { useRereadWhenDone } from "./acts/use-reread-when-done.ts";
import type { FormField } from "./fields/field.tsx";
import type { FormAction } from "./form-state.ts";
import { useAct } from "./use-act.ts";

/**
 * A form of a few plain fields: without lists of fields, nothing of it need be rearranged in the
 * browser, and the page loads nothing for it.
 */
export function usePlainForm<Name extends string, Result = undefined>(
  action: FormAction<Result>,
  id: string,
  names: readonly Name[],
  given: Partial<Record<Name, string>> = {},
) {
  const [state, submit] = useAct<Result>(action);
  useRereadWhenDone(state);
  const sent = state.submission?.initialValue ?? {};
  const fieldOf = (name: Name): FormField => ({
    key: name,
    id: `${id}-${name}`,
    name,
    descriptionId: `${id}-${name}-description`,
    errorId: `${id}-${name}-error`,
    errors: state.fields?.[name],
    initialValue: sent[name] ?? given[name],
  });
  const fields = Object.fromEntries(names.map((name) => [name, fieldOf(name)]));
  return { id, state, submit, fields: fields as Record<Name, FormField> };
}
