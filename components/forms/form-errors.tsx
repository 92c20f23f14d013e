"use client";

import { useEffect, useRef } from "react";
import { ProofNeeded } from "#components/access/proof-needed.tsx";
import { Banner } from "#components/ui/boxes/banner.tsx";
import type { FormState } from "./form-state.ts";

/** What stopped a form, above it: a sentence, and a link to each field that must change. */
export function FormErrors({ state, formId }: { state: FormState; formId: string }) {
  const region = useRef<HTMLDivElement>(null);
  const errors = fieldErrors(state);

  useEffect(() => {
    if (state.status === "error") region.current?.focus();
  }, [state]);

  if (state.status !== "error") return null;
  return (
    <div ref={region} tabIndex={-1} className="rounded-lg">
      <Banner tone="bad" role="alert" title={<Sentence text={title(state, errors.length)} />}>
        <ProofNeeded state={state} />
        {errors.length > 0 && (
          <ul className="space-y-0.5">
            {errors.map(({ field, message }) => (
              <li key={`${field}:${message}`} className="first-letter:uppercase">
                {field === "" ? (
                  message
                ) : (
                  <a href={`#${formId}-${field}`} className="underline underline-offset-2">
                    {message}
                  </a>
                )}
              </li>
            ))}
          </ul>
        )}
      </Banner>
    </div>
  );
}

function Sentence({ text }: { text: string }) {
  return <span className="block first-letter:uppercase">{text}</span>;
}

function title(state: FormState, count: number): string {
  if (state.code !== "operation.invalid_input") return state.message ?? "this did not work";
  return count === 1 ? "one value must be changed" : `${count} values must be changed`;
}

function fieldErrors(state: FormState) {
  const byField = state.submission?.error ?? state.fields ?? {};
  return Object.entries(byField)
    .flatMap(([field, messages]) => (messages ?? []).map((message) => ({ field, message })))
    .filter(({ message }) => message !== state.message);
}
