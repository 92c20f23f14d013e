import { Undo2 } from "lucide-react";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { plural } from "#lib/format.ts";

/** The way back from removals that were approved or applied. */
export function RestoreRemovals(props: {
  restorable: number;
  removedBy: string;
  restore: FormAction;
  values: Record<string, string>;
}) {
  if (props.restorable === 0) return null;
  const people = plural(props.restorable, "person", "people");
  return (
    <Banner
      tone="active"
      actions={
        <ActionButton action={props.restore} values={props.values} size="sm">
          <Undo2 aria-hidden /> Restore all {people}
        </ActionButton>
      }
    >
      <p>
        {people} removed by {props.removedBy} can be taken back. The next whole roster that does not
        list them asks again, or removes them.
      </p>
    </Banner>
  );
}
