"use client";

import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { worked } from "#components/registrations/test/test-words.ts";

/** On to the first launch: what comes next once the connection works, and possible before. */
export function ContinueAfterTest(props: {
  registrationId: string;
  draftId: string;
  toFirstLaunch: FormAction;
}) {
  const { data } = useRead(reads.connectionTest({ registrationId: props.registrationId }));
  return (
    <ActionButton
      action={props.toFirstLaunch}
      values={{ draftId: props.draftId }}
      look={data && worked(data) ? "primary" : "secondary"}
    >
      Continue to the first launch
    </ActionButton>
  );
}
