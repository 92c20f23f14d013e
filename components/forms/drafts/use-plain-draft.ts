"use client";

import { useEffect, useRef } from "react";
import { keepVersion, textOf } from "./typed.ts";

/**
 * Keeps what is typed into a plain form for this tab, so that leaving and coming back loses
 * nothing. The draft goes when the form is sent and its page left.
 */
export function usePlainDraft(formId: string, name: string, isPending: boolean): void {
  const wasSent = useRef(isPending);
  const key = `rollbook:draft:${name}`;

  useEffect(() => {
    wasSent.current = isPending;
  }, [isPending]);

  useEffect(() => {
    const element = document.forms.namedItem(formId);
    if (!element) return;
    const draft = sessionStorage.getItem(key);
    if (draft) fill(element, new URLSearchParams(draft));
    if (draft) keepVersion(element, draft);
    const save = () => sessionStorage.setItem(key, textOf(new FormData(element)));
    element.addEventListener("input", save);
    return () => {
      element.removeEventListener("input", save);
      if (wasSent.current) sessionStorage.removeItem(key);
    };
  }, [formId, key]);
}

/** Boxes that the draft does not name were not ticked. */
function fill(form: HTMLFormElement, draft: URLSearchParams): void {
  for (const field of form.elements) {
    if (field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type))
      field.checked = draft.getAll(field.name).includes(field.value);
    else if (isTyped(field) && draft.has(field.name)) field.value = draft.get(field.name)!;
  }
}

type Typed = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function isTyped(field: Element): field is Typed {
  if (field instanceof HTMLInputElement) return field.type !== "hidden" && field.type !== "file";
  return field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement;
}
