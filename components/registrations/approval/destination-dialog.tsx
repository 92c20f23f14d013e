"use client";

import { useEffect, useId, useRef } from "react";
import { Needs } from "#components/access/rights.tsx";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import type { FormState } from "#components/forms/form-state.ts";
import { Button } from "#components/ui/buttons/button.tsx";

export type DestinationProps = { state: FormState; value: "on" | "yes"; act: string };

/** What a new token endpoint or audience means. Without JavaScript it stands open in the page. */
export function DestinationDialog(props: DestinationProps) {
  const { state } = props;
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    dialog.current?.close();
    dialog.current?.showModal();
  }, [state]);

  return (
    <dialog
      ref={dialog}
      open
      aria-labelledby={id}
      className="m-auto max-h-[85dvh] w-[calc(100vw-2rem)] max-w-lg overflow-y-auto rounded-lg border bg-surface p-5 text-start text-sm font-normal whitespace-normal text-ink shadow-float backdrop:bg-scrim"
    >
      <h2 id={id} className="text-lg font-semibold">
        Is this token endpoint meant?
      </h2>
      <div className="mt-2 space-y-2 text-muted">
        <p>
          At the token endpoint Rollbook proves who it is. Whoever runs it, and whomever that proof
          is addressed to, can get access tokens in our name.
        </p>
        <ul className="list-disc space-y-1 ps-5 text-ink">
          {Object.values(state.fields ?? {})
            .flat()
            .map((reason) => (
              <li key={reason} className="wrap-anywhere first-letter:uppercase">
                {reason}.
              </li>
            ))}
        </ul>
        <p>
          Tokens that are kept are dropped, and the next run asks for new ones. Confirm only what
          the LMS administrator gave you.
        </p>
      </div>
      <div className="mt-4 flex flex-wrap justify-end gap-2">
        <Button type="button" onClick={() => dialog.current?.close()}>
          Go back
        </Button>
        <Needs right="admin">
          <SubmitButton look="danger" name="confirmsDestination" value={props.value}>
            {props.act}
          </SubmitButton>
        </Needs>
      </div>
    </dialog>
  );
}
