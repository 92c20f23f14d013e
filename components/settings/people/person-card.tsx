"use client";

import { ConfirmAct } from "#components/forms/acts/confirm-act.tsx";
import type { Option } from "#components/forms/fields/select-field.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { Button } from "#components/ui/buttons/button.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { Input, Select } from "#components/ui/fields/field-controls.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";

/** Everything that is held of one person: to be given out, or erased. */
export function PersonCard(props: {
  registrations: Option[];
  chosen: { registrationId: string; userId: string };
  erase: FormAction;
}) {
  const { registrations, chosen, erase } = props;
  const registration = registrations.find(({ value }) => value === chosen.registrationId);
  return (
    <Card aria-labelledby="person-title">
      <CardHeader
        id="person-title"
        title="One person’s data"
        description="What is held of somebody in an LMS, to be given to them or erased. The user ID is on the person’s row in a course."
      />
      <CardBody className="space-y-4">
        {/* By GET, so that it works without JavaScript; it changes nothing. */}
        <form method="get" className="flex flex-wrap items-end gap-3">
          <div className="min-w-48 flex-1 space-y-1">
            <label htmlFor="person-registration" className="text-sm font-medium">
              Registration
            </label>
            <Select
              id="person-registration"
              name="registrationId"
              defaultValue={chosen.registrationId}
              required
            >
              <option value="">Choose a registration</option>
              {registrations.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          </div>
          <div className="min-w-48 flex-1 space-y-1">
            <label htmlFor="person-user" className="text-sm font-medium">
              User ID
            </label>
            <Input id="person-user" name="userId" defaultValue={chosen.userId} required />
          </div>
          <Button type="submit" look="secondary">
            Choose
          </Button>
        </form>
        {registration && chosen.userId !== "" && (
          <Chosen registration={registration} userId={chosen.userId} erase={erase} />
        )}
      </CardBody>
    </Card>
  );
}

function Chosen(props: { registration: Option; userId: string; erase: FormAction }) {
  const { registration, userId, erase } = props;
  const query = new URLSearchParams({ registrationId: registration.value, userId });
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 border-t pt-4">
      <p>
        <span className="font-mono text-xs">{userId}</span> of {registration.label}
      </p>
      <div className="flex flex-wrap items-center gap-3">
        <TextLink href={`/api/v1/people/data?${query}`} download={`person-${userId}.json`}>
          Download everything as JSON
        </TextLink>
        <ConfirmAct
          action={erase}
          values={{ registrationId: registration.value, userId }}
          word="Erase"
          look="danger"
          title={`Erase ${userId}?`}
          act="Erase for good"
          typedName={userId}
        >
          <p>
            Names, addresses, comments and the user ID go from every table, from messages, copies
            and the audit. Scores and memberships stay under another name; scores that wait are not
            sent.
          </p>
          <p>
            It cannot be undone. The LMS still has the person: take them off its roster, or the next
            sync lists them again, which is then shown here.
          </p>
        </ConfirmAct>
      </div>
    </div>
  );
}
