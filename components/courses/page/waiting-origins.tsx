"use client";

import { Needs } from "#components/access/rights.tsx";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import type { CourseView } from "#lib/operations/courses/schema.ts";
import { ADDRESS_NAMES } from "../address-words.ts";

/** Says which of a course's addresses are not called, and lets an admin approve them at once. */
export function WaitingOrigins({ course, approve }: { course: CourseView; approve: FormAction }) {
  const { registrationId } = course;
  const { data: registration } = useRead(reads.registration({ registrationId }));
  const named = new Set(
    ADDRESS_NAMES.flatMap((name) => course[name] ?? []).map((address) => new URL(address).origin),
  );
  const waiting = registration?.serviceOrigins.filter(
    ({ origin, state }) => named.has(origin) && state !== "approved",
  );
  return waiting?.map(({ id, origin, state }) => (
    <Banner
      key={id}
      tone="warn"
      title={state === "pending" ? `${origin} waits for approval` : `${origin} was declined`}
      actions={
        <Needs right="admin">
          <ActionButton
            action={approve}
            values={{ registrationId, originId: id }}
            size="sm"
            label={`Approve ${origin}`}
          >
            Approve
          </ActionButton>
        </Needs>
      }
    >
      <p>
        This course has an address there, and no access token is sent to it: neither a launch of the
        LMS nor an admin has named it as one of the LMS. See the{" "}
        <TextLink href={`/registrations/${registrationId}#service-origins`}>
          registration’s service origins
        </TextLink>
        .
      </p>
    </Banner>
  ));
}
