"use client";

import { ActionButton } from "#components/forms/acts/action-button.tsx";
import { ConfirmAct } from "#components/forms/acts/confirm-act.tsx";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { SwitchField } from "#components/forms/fields/switch-field.tsx";
import { TextareaField, TextField } from "#components/forms/fields/text-field.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { ListTable } from "#components/lists/list-table.tsx";
import { RelativeTime } from "#components/live/time/time.tsx";
import { StateBadge } from "#components/states/state-badge.tsx";
import { SIGNING_KEY_STATES } from "#components/states/tables/keys.ts";
import { CopyValue } from "#components/ui/buttons/copy-value.tsx";
import { Disclosure } from "#components/ui/boxes/disclosure.tsx";
import { CardBody } from "#components/ui/boxes/card.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import type { ImportedKeyView, RegistrationKeys } from "#lib/operations/keys/imported-schema.ts";

type Acts = {
  registrationId: string;
  importKey: FormAction;
  useKey: FormAction;
  deleteKey: FormAction;
};

/** The tool's own keys: one signs, one may wait to take over, those before it can go. */
export function ImportedKeys({ keys, ...acts }: Acts & { keys: RegistrationKeys }) {
  const { imported, signsWith } = keys;
  const isUsed = signsWith === "imported_key";
  return (
    <div className="border-t">
      <CardBody className="text-sm text-muted">
        Rollbook’s rotation does not touch imported keys. When the tool gets a new key, import it
        beside the present one, let the tool publish both, and let the new one take over.
      </CardBody>
      {imported.length > 0 && (
        <ListTable
          caption="Imported keys"
          columns={columnsWith(acts, isUsed)}
          rows={imported}
          rowKey={(key) => key.id}
        />
      )}
      <CardBody className={imported.length > 0 ? "border-t" : undefined}>
        <Disclosure
          summary={imported.length > 0 ? "Import another key" : "Import the tool’s private key"}
          isOpen={imported.length === 0}
        >
          <ImportForm registrationId={acts.registrationId} importKey={acts.importKey} />
        </Disclosure>
      </CardBody>
    </div>
  );
}

function ImportForm({ registrationId, importKey }: Pick<Acts, "registrationId" | "importKey">) {
  const { id, state, submit, fields } = usePlainForm(
    importKey,
    "import-key",
    ["key", "kid", "passphrase", "signsNow"],
    { signsNow: "on" },
  );
  return (
    <PlainForm id={id} state={state} submit={submit} className="space-y-4">
      <input type="hidden" name="registrationId" value={registrationId} />
      <TextareaField
        field={fields.key}
        label="Private key"
        hint="PEM or JWK, RSA of 2,048 bits at least; it is sealed, and never shown again"
        placeholder="-----BEGIN PRIVATE KEY-----"
        rows={6}
        spellCheck={false}
        autoComplete="off"
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          field={fields.kid}
          label="Key ID (kid)"
          hint="as the tool’s key set has it; a JWK may say it itself"
          spellCheck={false}
          autoComplete="off"
          isOptional
        />
        <TextField
          field={fields.passphrase}
          label="Passphrase"
          hint="of an encrypted PEM"
          type="password"
          autoComplete="off"
          isOptional
        />
      </div>
      <SwitchField
        field={fields.signsNow}
        label="Sign with it from now on"
        hint="off: it waits beside the present one until it is told to take over"
      />
      <SubmitButton>Import the key</SubmitButton>
    </PlainForm>
  );
}

function columnsWith(acts: Acts, isUsed: boolean): Column<ImportedKeyView>[] {
  return [
    {
      key: "kid",
      header: "Key ID",
      isLead: true,
      cell: ({ kid }) => <CopyValue value={kid} label="key ID" />,
    },
    {
      key: "state",
      phone: "state",
      header: "State",
      cell: ({ state }) =>
        state === "signing" && !isUsed ? (
          "Not in use"
        ) : (
          <StateBadge of={SIGNING_KEY_STATES} state={state} />
        ),
    },
    { key: "bits", header: "Strength", cell: ({ bits }) => `RSA ${bits}` },
    {
      key: "imported",
      phone: "figure",
      header: "Imported",
      cell: ({ createdAt, importedBy }) => (
        <>
          <RelativeTime at={createdAt} /> by {importedBy}
        </>
      ),
    },
    {
      key: "act",
      className: "[--cut:none]",
      phone: "figure",
      header: "Next step",
      align: "end",
      cell: (key) => <NextStep imported={key} isUsed={isUsed} {...acts} />,
    },
  ];
}

function NextStep(props: Acts & { imported: ImportedKeyView; isUsed: boolean }) {
  const { id: keyId, kid, state } = props.imported;
  if (state === "signing" && props.isUsed) return null;
  const values = { registrationId: props.registrationId, keyId };
  return (
    <span className="inline-flex justify-end gap-2">
      <ActionButton action={props.useKey} values={values} size="sm" label={`Sign with ${kid}`}>
        Sign with it
      </ActionButton>
      <ConfirmAct
        action={props.deleteKey}
        values={values}
        size="sm"
        look="quiet"
        word="Delete"
        label={`Delete the key ${kid}`}
        title="Delete this key?"
        act="Delete the key"
      >
        <p>
          The private key {kid} is deleted here for good; the tool keeps its own copy. Nothing is
          signed with it now.
        </p>
      </ConfirmAct>
    </span>
  );
}
