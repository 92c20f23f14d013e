"use client";

import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { ServerForm } from "#components/forms/server-form.tsx";
import { useServerForm } from "#components/forms/use-server-form.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import type { Retention, RetentionView } from "#lib/operations/privacy/schema.ts";

const WORDS: Record<keyof Retention, { label: string; hint: string }> = {
  leftMembers: {
    label: "People who left a course",
    hint: "Their names, addresses and pictures go; user ID, roles and dates stay.",
  },
  rosterChanges: {
    label: "Changes of rosters",
    hint: "With members that could not be read. What waits for a decision stays.",
  },
  outcomes: { label: "Outcomes of scores", hint: "Each sending, with what the platform said." },
  events: { label: "Events of runs", hint: "What a run tells of itself." },
  tokenRequests: { label: "Token requests", hint: "When and why a token was asked for." },
  connectionTests: { label: "Connection tests", hint: "Each registration’s last one stays." },
  launchSessions: { label: "Launched pages", hint: "After their end: who opened a course." },
  audit: { label: "Audit entries", hint: "The chain goes on from where they end." },
};
const CLASSES = Object.keys(WORDS) as (keyof Retention)[];

/** How long data is kept, and what the last night removed. */
export function RetentionCard(props: { action: FormAction; retention: RetentionView }) {
  const { lastPass, ...retention } = props.retention;
  const values = Object.fromEntries(
    CLASSES.map((name) => [name, String(retention[name] ?? "")]),
  ) as Record<keyof Retention, string>;
  const { form, fields, state, submit } = useServerForm(props.action, values, "retention");
  return (
    <Card aria-labelledby="retention-title">
      <CardHeader
        id="retention-title"
        title="How long data is kept"
        description="In days; an empty field keeps for ever. What is older is removed each night at 3 UTC."
      />
      <CardBody className="space-y-4">
        {state.status === "done" && (
          <Banner tone="ok" role="status">
            <p>{state.message}.</p>
          </Banner>
        )}
        <LastPass pass={lastPass} />
        <ServerForm form={form} state={state} submit={submit} className="space-y-4">
          <div className="grid gap-4 sm:grid-cols-2">
            {CLASSES.map((name) => (
              <TextField
                key={name}
                field={fields[name]}
                {...WORDS[name]}
                inputMode="numeric"
                isOptional
              />
            ))}
          </div>
          <SubmitButton look="secondary">Save</SubmitButton>
        </ServerForm>
      </CardBody>
    </Card>
  );
}

function LastPass({ pass }: { pass: RetentionView["lastPass"] }) {
  if (!pass)
    return <p className="text-muted">Nothing was removed yet; the first pass is tonight.</p>;
  const removed = CLASSES.filter((name) => (pass.removed[name] ?? 0) > 0);
  return (
    <p className="text-muted">
      The last pass began <RelativeTime at={pass.startedAt} />
      {pass.finishedAt === null && " and has not finished"}
      {removed.length === 0
        ? "; nothing was old enough."
        : `: ${removed.map((name) => `${WORDS[name].label.toLowerCase()} ${pass.removed[name]}`).join(", ")}.`}
    </p>
  );
}
