import { ChoiceField } from "#components/forms/fields/choice-field.tsx";
import type { FormField } from "#components/forms/fields/field.tsx";
import type { Option } from "#components/forms/fields/select-field.tsx";
import { SwitchField } from "#components/forms/fields/switch-field.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import { Disclosure } from "#components/ui/boxes/disclosure.tsx";
import type { WebhookView } from "#lib/operations/webhooks/schema.ts";
import { RegistrationsField } from "../registrations-field.tsx";

export const WEBHOOK_FIELDS = ["name", "url", "types", "registrationIds", "hasNames"] as const;

const HINTS: Record<WebhookView["types"][number], string> = {
  "member.added": "somebody is in a roster who was not",
  "member.changed": "name, roles or another field",
  "member.removed": "somebody left a course",
  "member.restored": "somebody is back",
  "score.sent": "the platform accepted it",
  "score.rejected": "the platform turned it down",
  "score.conflict": "somebody changed it on the platform",
  "course.discovered": "a first launch or report",
  "course.changed": "its title or addresses",
  "hold.opened": "removals wait for a decision",
  "hold.decided": "somebody decided",
  "run.finished": "how a sync ended",
  "person.erased": "a person’s data is to go from copies too",
  "alert.opened": "a cause begins to keep courses from being well",
  "alert.closed": "that cause is gone",
  "registration.health_changed": "it begins to fail, or is well again",
};
const TYPES = Object.entries(HINTS).map(([value, hint]) => ({ value, label: value, hint }));

/** What an endpoint is, for one that is new and one that is there. */
export function WebhookFields(props: {
  fields: Record<(typeof WEBHOOK_FIELDS)[number], FormField>;
  registrations: Option[];
  nameLabel: string;
}) {
  const { fields, registrations, nameLabel } = props;
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField field={fields.name} label={nameLabel} placeholder="Grade book" />
        <TextField
          field={fields.url}
          label="Address"
          placeholder="https://tool.example.edu/hooks/rollbook"
          inputMode="url"
          spellCheck={false}
          autoComplete="off"
        />
      </div>
      <Disclosure summary="Which changes, and of which registrations">
        <div className="space-y-4">
          <ChoiceField
            field={fields.types}
            type="checkbox"
            label="Changes"
            hint="none chosen: all"
            choices={TYPES}
          />
          <RegistrationsField field={fields.registrationIds} registrations={registrations} />
          <SwitchField
            field={fields.hasNames}
            label="Names and e-mail addresses"
            hint="members come with them; only who sees them may say so"
          />
        </div>
      </Disclosure>
    </>
  );
}
