"use client";

import { parse, type DefaultValue, type FormMetadata } from "@conform-to/react";
import { useEffect, useRef } from "react";
import { keepVersion, textOf } from "./typed.ts";

/**
 * Keeps what is typed into a form for this tab, so that leaving and coming back loses nothing.
 *
 * The draft goes when the form is sent and its page left.
 */
export function useDraft<Values extends Record<string, unknown>>(
  form: FormMetadata<Values>,
  name: string,
  isPending: boolean,
) {
  const wasSent = useRef(isPending);
  const key = `rollbook:draft:${name}`;

  useEffect(() => {
    wasSent.current = isPending;
  }, [isPending]);

  useEffect(() => {
    const element = document.forms.namedItem(form.id);
    const draft = sessionStorage.getItem(key);
    if (draft) form.update({ value: valuesOf<Values>(draft) });
    if (draft) keepVersion(element, draft);
    const save = () => element && sessionStorage.setItem(key, textOf(new FormData(element)));
    element?.addEventListener("input", save);
    return () => {
      element?.removeEventListener("input", save);
      if (wasSent.current) sessionStorage.removeItem(key);
    };
    // The form's metadata is new at every render; the form is the same.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [form.id, key]);
}

function valuesOf<Values extends Record<string, unknown>>(draft: string) {
  const { payload } = parse(new URLSearchParams(draft), { resolve: (value) => ({ value }) });
  return payload as NonNullable<DefaultValue<Values>>;
}
