import { Undo2 } from "lucide-react";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { plural } from "#lib/format.ts";
import type { HoldView } from "#lib/operations/holds/schema.ts";

/** The way back from removals that were approved. */
export function RestoreRemovals({ hold, restore }: { hold: HoldView; restore: FormAction }) {
  if (hold.restorable === 0) return null;
  return (
    <Banner
      tone="active"
      actions={
        <ActionButton action={restore} values={{ holdId: hold.id }} size="sm">
          <Undo2 aria-hidden /> Restore all {plural(hold.restorable, "person", "people")}
        </ActionButton>
      }
    >
      <p>
        {plural(hold.restorable, "person", "people")} removed by this decision can be taken back.
        The next whole roster that does not list them asks again.
      </p>
    </Banner>
  );
}
