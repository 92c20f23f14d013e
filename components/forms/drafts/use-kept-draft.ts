"use client";

import { parse, type DefaultValue, type FormMetadata } from "@conform-to/react";
import { useEffect, useState } from "react";

const QUIET_MS = 800;

/** `unknown` until something is typed. */
export type Kept = "unknown" | "saving" | "kept" | "lost";

/** What this tab sent last, to each address: a page that Back shows again may be older. */
const sent = new Map<string, { values: object; updatedAt: string | null }>();

/**
 * Sends what is typed into a form to where drafts are kept: after a pause, and when the page is
 * left. What is sent leaves out the fields named in `apart`.
 */
export function useKeptDraft<Values extends Record<string, unknown>>(
  form: FormMetadata<Values>,
  draft: { address: string; updatedAt: string; about: object; apart: readonly string[] },
): Kept {
  const [kept, setKept] = useState<Kept>("unknown");
  const { address, updatedAt } = draft;
  const about = JSON.stringify(draft.about);
  const apart = draft.apart.join();

  useEffect(() => {
    const later = laterThan(updatedAt, address);
    if (later) form.update({ value: later as NonNullable<DefaultValue<Values>> });
    // The form's metadata is new at every render; the form is the same.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [form.id, address, updatedAt]);

  useEffect(() => {
    const element = document.forms.namedItem(form.id);
    if (!element) return;
    return sendWhenTyped(element, (state) => {
      if (state === "typed") return setKept("saving");
      const values = valuesOf(element, apart.split(","));
      void put(address, { ...(JSON.parse(about) as object), values }).then(setKept);
    });
  }, [form.id, address, about, apart]);
  return kept;
}

function laterThan(updatedAt: string, address: string): object | undefined {
  const last = sent.get(address);
  const isLater = last && (last.updatedAt === null || last.updatedAt > updatedAt);
  return isLater ? last.values : undefined;
}

/** Tells at once that something was typed, and after a pause, or when the page is left, to send. */
function sendWhenTyped(form: HTMLFormElement, tell: (state: "typed" | "due") => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const send = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    tell("due");
  };
  const typed = () => {
    clearTimeout(timer);
    timer = setTimeout(send, QUIET_MS);
    tell("typed");
  };
  form.addEventListener("input", typed);
  form.addEventListener("submit", typed);
  addEventListener("pagehide", send);
  return () => {
    form.removeEventListener("input", typed);
    form.removeEventListener("submit", typed);
    removeEventListener("pagehide", send);
    send();
  };
}

function valuesOf(form: HTMLFormElement, apart: readonly string[]): object {
  const { payload } = parse(new FormData(form), { resolve: (value) => ({ value }) });
  return Object.fromEntries(
    Object.entries(payload).filter(([name]) => !name.startsWith("$") && !apart.includes(name)),
  );
}

/** Goes on after its page is gone. */
async function put(address: string, body: { values: object }): Promise<Kept> {
  sent.set(address, { values: body.values, updatedAt: null });
  try {
    const response = await fetch(address, {
      method: "PUT",
      keepalive: true,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) return "lost";
    const { updatedAt } = (await response.json()) as { updatedAt: string };
    sent.set(address, { values: body.values, updatedAt });
    return "kept";
  } catch {
    return "lost";
  }
}
