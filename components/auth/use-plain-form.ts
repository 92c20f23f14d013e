"use client";

import { useActionState } from "react";
import type { FormField } from "#components/forms/fields/field.tsx";
import { idleForm, type FormAction, type FormState } from "#components/forms/form-state.ts";

/**
 * A form of a few plain fields, for pages that come before the console: without lists of fields,
 * nothing of it need be rearranged in the browser.
 */
export function usePlainForm<Name extends string>(
  action: FormAction,
  id: string,
  names: readonly Name[],
  given: Partial<Record<Name, string>> = {},
) {
  const [state, submit] = useActionState<FormState<undefined>, FormData>(action, idleForm);
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
