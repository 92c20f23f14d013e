"use client";

import type { FormAction } from "#components/forms/form-state.ts";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { CopyValue } from "#components/ui/buttons/copy-value.tsx";
import type { RegistrationKeys } from "#lib/operations/keys/imported-schema.ts";
import { lazily } from "#components/ui/lazily.tsx";

const SigningChoice = lazily(async () => (await import("./signing-choice.tsx")).SigningChoice);
const AddOurs = lazily(async () => (await import("./add-ours.tsx")).AddOurs);
const ImportedKeys = lazily(async () => (await import("./imported-keys.tsx")).ImportedKeys);

export type RegistrationKeyActs = {
  choose: FormAction;
  importKey: FormAction;
  useKey: FormAction;
  deleteKey: FormAction;
};

/** Whose key signs for a registration, what is to be pasted where, and the keys imported for it. */
export function RegistrationKeysCard(props: RegistrationKeyActs & { registrationId: string }) {
  const { data } = useRead(reads.registrationKeys({ registrationId: props.registrationId }));
  if (!data) return null;
  return (
    <Card aria-labelledby="registration-keys">
      <CardHeader
        id="registration-keys"
        title="Key that signs"
        description="The LMS knows a tool by its key: it reads a key set, and refuses whoever signs with another key."
      />
      <CardBody className="space-y-5">
        <Facts keys={data} />
        <SigningChoice keys={data} registrationId={props.registrationId} choose={props.choose} />
        {data.signsWith === "tool_key_set" && <AddOurs keys={data} />}
      </CardBody>
      {(data.signsWith === "imported_key" || data.imported.length > 0) && (
        <ImportedKeys keys={data} {...props} />
      )}
    </Card>
  );
}

function Facts({ keys }: { keys: RegistrationKeys }) {
  const { kid, keySetUrl, signsWith } = keys;
  return (
    <>
      {kid === null && (
        <Banner tone="bad">
          <p>
            {signsWith === "imported_key"
              ? "No key is imported yet: no token can be asked for until one is."
              : "There is no key to sign with: prepare one in Settings, Keys."}
          </p>
        </Banner>
      )}
      <dl className="grid gap-4 text-sm sm:grid-cols-2">
        <div className="min-w-0">
          <dt className="text-xs text-muted">The LMS reads</dt>
          <dd>
            {keySetUrl === null ? (
              "the public key that was pasted into it"
            ) : (
              <CopyValue value={keySetUrl} label="key set that the LMS reads" />
            )}
          </dd>
        </div>
        {kid !== null && (
          <div className="min-w-0">
            <dt className="text-xs text-muted">Key ID that signs</dt>
            <dd>
              <CopyValue value={kid} label="key ID that signs" />
            </dd>
          </div>
        )}
      </dl>
    </>
  );
}
