"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import type { FormField } from "#components/forms/fields/field.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import type { FormAction, FormState } from "#components/forms/form-state.ts";
import { PlainForm } from "#components/forms/plain-form.tsx";
import type { usePlainForm } from "#components/forms/use-plain-form.ts";
import { CopyValue } from "#components/ui/buttons/copy-value.tsx";
import type { OwnSecondFactor, RecoveryCodes } from "#lib/operations/second-factor/schema.ts";

export type CodeForm<Name extends string> = ReturnType<typeof usePlainForm<Name, RecoveryCodes>>;

/** The key for an app, and the form for its first code. */
export function SetUp(props: {
  setUp: NonNullable<OwnSecondFactor["setUp"]>;
  confirming: CodeForm<"present" | "code">;
  begin: FormAction;
  /** Where another key is shown. */
  page: string;
}) {
  const { id, fields, state, submit } = props.confirming;
  const { key, uri, qr } = props.setUp;
  return (
    <div className="max-w-prose space-y-4">
      <p>
        Scan the picture with an authenticator app, type the key into one, or{" "}
        <a href={uri} className="font-medium underline underline-offset-2">
          open it in one on this device
        </a>
        . Then type the code that the app shows: the app counts from then on, and your other
        sessions end.
      </p>
      <QrCode {...qr} />
      <p>
        <span className="block font-medium">Key</span>
        <CopyValue value={key} shown={key.match(/.{1,4}/g)?.join(" ")} label="key" />
      </p>
      <PlainForm id={id} state={state} submit={submit} className="space-y-4">
        <PresentPassword field={fields.present} />
        <TextField
          field={fields.code}
          label="Code"
          inputMode="numeric"
          autoComplete="one-time-code"
        />
        <SubmitButton>Confirm</SubmitButton>
      </PlainForm>
      <ActionButton action={props.begin} values={{ page: props.page }} size="sm">
        Another key
      </ActionButton>
    </div>
  );
}

/** Dark on light in every theme: cameras do not read it otherwise. */
function QrCode({ size, path }: { size: number; path: string }) {
  return (
    <svg
      role="img"
      aria-label="The key as a QR code"
      viewBox={`0 0 ${size} ${size}`}
      className="size-44 rounded-md border bg-white"
      shapeRendering="crispEdges"
    >
      <path d={path} className="fill-black" />
    </svg>
  );
}

export function PresentPassword({ field }: { field: FormField }) {
  return (
    <TextField
      field={field}
      label="Your password"
      type="password"
      autoComplete="current-password"
    />
  );
}

/** What the page shows of the factor comes with the page. */
export function useRefreshWhenDone(state: FormState): void {
  const router = useRouter();
  useEffect(() => {
    if (state.status === "done") router.refresh();
  }, [router, state]);
}

export function newest(...states: FormState<RecoveryCodes>[]): string[] {
  const made = states.find(({ status, result }) => status === "done" && result?.codes.length);
  return made?.result?.codes ?? [];
}
