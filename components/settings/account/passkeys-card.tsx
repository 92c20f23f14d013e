"use client";

import { ConfirmAct } from "#components/forms/acts/confirm-act.tsx";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { AddPasskey, type AddingActs } from "#components/passkeys/add-passkey.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { Disclosure } from "#components/ui/boxes/disclosure.tsx";
import type { OwnPasskeys, PasskeyView } from "#lib/operations/passkeys/schema.ts";

type Props = {
  passkeys: OwnPasskeys;
  adding: AddingActs;
  rename: FormAction;
  remove: FormAction;
};

const BLOCKED: Record<NonNullable<OwnPasskeys["blocked"]>, string> = {
  address:
    "Browsers make no passkeys for the address of this installation: it needs a name, and https.",
  no_password: "You have no password here: your provider says how you sign in.",
};

/** One's own passkeys, to be named, removed and added. */
export function PasskeysCard({ passkeys, adding, rename, remove }: Props) {
  const { items, blocked } = passkeys;
  return (
    <Card aria-labelledby="passkeys-title">
      <CardHeader
        id="passkeys-title"
        title="Passkeys"
        description="Sign in with the finger, face or PIN of your device, in place of password and code."
      />
      <CardBody className="space-y-4 text-sm">
        {items.length > 0 && (
          <ul className="divide-y rounded-md border">
            {items.map((passkey) => (
              <Row key={passkey.id} {...{ passkey, rename, remove }} />
            ))}
          </ul>
        )}
        {blocked ? <p>{BLOCKED[blocked]}</p> : <AddPasskey acts={adding} />}
      </CardBody>
    </Card>
  );
}

function Row(props: { passkey: PasskeyView; rename: FormAction; remove: FormAction }) {
  const { id, name, createdAt, lastUsedAt } = props.passkey;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 px-3 py-2.5">
      <div className="min-w-0">
        <p className="font-medium break-words">{name}</p>
        <p className="text-xs text-muted">
          Added <RelativeTime at={createdAt} />, used{" "}
          <RelativeTime at={lastUsedAt} unknown="never yet" />
        </p>
      </div>
      <div className="flex flex-wrap items-start gap-2">
        <Rename passkey={props.passkey} rename={props.rename} />
        <ConfirmAct
          action={props.remove}
          values={{ passkeyId: id }}
          size="sm"
          word="Remove"
          label={`Remove ${name}`}
          title={`Remove the passkey “${name}”?`}
          act="Remove it"
        >
          <p>
            It opens nothing here any more, and has to be added anew to be used again. Delete it in
            your device or password manager as well, or it will still be offered there.
          </p>
        </ConfirmAct>
      </div>
    </li>
  );
}

function Rename({ passkey, rename }: { passkey: PasskeyView; rename: FormAction }) {
  const { id, name } = passkey;
  const form = usePlainForm(rename, `passkey-${id}`, ["name"], { name });
  return (
    <Disclosure summary="Rename" isOpen={form.state.status === "error"}>
      <PlainForm id={form.id} state={form.state} submit={form.submit} className="space-y-3 pt-2">
        <input type="hidden" name="passkeyId" value={id} />
        <TextField field={form.fields.name} label={`New name of ${name}`} autoComplete="off" />
        <SubmitButton look="secondary" size="sm">
          Save name
        </SubmitButton>
      </PlainForm>
    </Disclosure>
  );
}
