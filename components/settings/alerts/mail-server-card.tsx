"use client";

import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { SelectField } from "#components/forms/fields/select-field.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { FactList } from "#components/ui/text/fact-list.tsx";
import type { MailServerView } from "#lib/operations/alerts/schema.ts";

const SECURITY = [
  { value: "starttls", label: "STARTTLS (port 587)" },
  { value: "tls", label: "TLS from the start (port 465)" },
  { value: "none", label: "None, on a private network" },
];

/** The server that alerts are handed to. */
export function MailServerCard(props: { server: MailServerView | null; save: FormAction }) {
  const { server } = props;
  return server?.source === "environment" ? (
    <FromEnvironment server={server} />
  ) : (
    <MailServerForm {...props} />
  );
}

function FromEnvironment({ server }: { server: MailServerView }) {
  const { host, port, security, user, hasPassword, from } = server;
  return (
    <Card aria-labelledby="mail-server">
      <CardHeader
        id="mail-server"
        title="Mail server"
        description="While ROLLBOOK_SMTP_URL is set, it cannot be changed here."
      />
      <FactList
        facts={[
          { label: "Host", value: host },
          { label: "Port", value: String(port) },
          { label: "Security", value: SECURITY.find(({ value }) => value === security)?.label },
          { label: "User name", value: user || "none" },
          { label: "Password", value: hasPassword ? "is set" : "none" },
          { label: "Sender", value: from },
        ]}
      />
    </Card>
  );
}

function MailServerForm(props: { server: MailServerView | null; save: FormAction }) {
  const { server } = props;
  const { id, state, submit, fields } = usePlainForm(
    props.save,
    "mail-server",
    ["host", "port", "security", "user", "password", "from"],
    {
      host: server?.host ?? "",
      port: String(server?.port ?? 587),
      security: server?.security ?? "starttls",
      user: server?.user ?? "",
      from: server?.from ?? "",
    },
  );
  return (
    <Card aria-labelledby="mail-server">
      <CardHeader
        id="mail-server"
        title="Mail server"
        description={
          server ? `Mail is handed to ${server.host}.` : "None is set: alerts wait, for a day."
        }
      />
      <CardBody>
        <PlainForm id={id} state={state} submit={submit} className="space-y-4">
          <div className="grid gap-4 sm:grid-cols-3">
            <TextField field={fields.host} label="Host" placeholder="smtp.example.edu" />
            <TextField field={fields.port} label="Port" inputMode="numeric" />
            <SelectField field={fields.security} label="Security" options={SECURITY} />
            <TextField field={fields.user} label="User name" autoComplete="off" isOptional />
            <TextField
              field={fields.password}
              label="Password"
              type="password"
              hint={server?.hasPassword ? "one is kept; leave it empty to keep it" : undefined}
              autoComplete="new-password"
              isOptional
            />
            <TextField field={fields.from} label="Sender" placeholder="rollbook@example.edu" />
          </div>
          <SubmitButton look="secondary">Save</SubmitButton>
        </PlainForm>
      </CardBody>
    </Card>
  );
}
