"use client";

import { parse, useForm, type DefaultValue } from "@conform-to/react";
import type { FormAction } from "./form-state.ts";
import { useAct } from "./use-act.ts";
import { useRereadWhenDone } from "./acts/use-reread-when-done.ts";

/**
 * A form whose rules live on the server.
 *
 * The browser only rearranges lists by itself; everything else is checked by the action, so a form
 * says the same with and without JavaScript.
 */
export function useServerForm<Values extends Record<string, unknown>, Result = undefined>(
  action: FormAction<Result>,
  defaultValue: DefaultValue<Values>,
  id?: string,
) {
  const [state, submit, isPending] = useAct<Result>(action);
  const [form, fields] = useForm<Values>({
    id,
    defaultValue,
    lastResult: state.submission ?? null,
    onValidate: ({ formData }) =>
      parse<Values, string[]>(formData, { resolve: (value) => ({ value: value as Values }) }),
    shouldRevalidate: "onSubmit",
  });
  useRereadWhenDone(state);
  return { state, form, fields, submit, isPending };
}
