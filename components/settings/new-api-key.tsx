"use client";

import type { FormAction } from "#components/forms/form-state.ts";
import { ServerForm } from "#components/forms/server-form.tsx";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { TextField } from "#components/forms/text-field.tsx";
import { useServerForm } from "#components/forms/use-server-form.ts";
import { Banner } from "#components/ui/banner.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import type { ApiKeyCreated, ApiKeyInput } from "#lib/operations/operators/schema.ts";

/** Makes a key and shows it, this once. */
export function NewApiKey({ create }: { create: FormAction<ApiKeyCreated> }) {
  const { form, fields, state, submit } = useServerForm<ApiKeyInput, ApiKeyCreated>(
    create,
    {},
    "api-key",
  );
  const created = state.status === "done" ? state.result : undefined;
  return (
    <div className="space-y-4">
      <ServerForm form={form} state={state} submit={submit} className="space-y-3">
        <div className="flex flex-wrap items-end gap-2">
          <TextField
            field={fields.name}
            label="Name of a new key"
            placeholder="Nightly score upload"
            autoComplete="off"
            maxLength={100}
            className="min-w-52 flex-1"
          />
          <SubmitButton look="secondary" className="h-9">
            Create key
          </SubmitButton>
        </div>
      </ServerForm>
      {created && (
        <Banner tone="ok" role="status" title={`The key “${created.name}”, shown this once`}>
          <p>Keep it where the integration finds it. Only its hash is stored here.</p>
          <CodeBlock code={created.key} label="API key" />
        </Banner>
      )}
    </div>
  );
}
