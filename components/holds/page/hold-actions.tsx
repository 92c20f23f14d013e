import { Check, RefreshCw, TimerReset, X } from "lucide-react";
import type { ReactNode } from "react";
import { ConfirmAct } from "#components/forms/acts/confirm-act.tsx";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { ClockTime } from "#components/live/time/time.tsx";
import { HeldNames } from "./held-names.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { formatCount, plural } from "#lib/format.ts";
import type { HoldView } from "#lib/operations/holds/schema.ts";

export type HoldActs = {
  approve: FormAction;
  restore: FormAction;
  discard: FormAction;
  checkAgain: FormAction;
  allowLarger: FormAction;
};

/** The four ways on, each with what it does. */
export function HoldActions({ hold, ...acts }: Omit<HoldActs, "restore"> & { hold: HoldView }) {
  const values = { holdId: hold.id };
  return (
    <Card aria-labelledby="hold-decide">
      <CardHeader
        id="hold-decide"
        title="Decide"
        description="Nobody is removed until then. Removed people are kept and can be restored."
      />
      <CardBody className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
        <Way text="Reads the roster once more, and removes the people below whom it still does not list.">
          <ConfirmAct
            action={acts.approve}
            values={values}
            word={
              <>
                <Check aria-hidden /> Approve {plural(hold.removals, "removal")}…
              </>
            }
            title={`Remove ${plural(hold.removals, "person", "people")} from ${hold.courseTitle}?`}
            act={`Remove ${plural(hold.removals, "person", "people")}`}
          >
            <HeldNames holdId={hold.id} />
            <p>
              {formatCount(hold.membersBefore - hold.removals)} of{" "}
              {plural(hold.membersBefore, "member")} stay. Who is removed is kept with scores and
              dates: all of them can be restored from this page afterwards.
            </p>
          </ConfirmAct>
        </Way>
        <Way text="Everybody stays. The next whole roster that does not list them asks again.">
          <ActionButton action={acts.discard} values={values}>
            <X aria-hidden /> Keep everybody
          </ActionButton>
        </Way>
        <Way text="Reads the roster again. What it finds takes the place of this hold.">
          <ActionButton action={acts.checkAgain} values={values}>
            <RefreshCw aria-hidden /> Check again now
          </ActionButton>
        </Way>
        <Way text={<Allowance hold={hold} />}>
          <ActionButton action={acts.allowLarger} values={{ courseId: hold.courseId }}>
            <TimerReset aria-hidden /> Allow larger drops
          </ActionButton>
        </Way>
      </CardBody>
    </Card>
  );
}

function Way({ text, children }: { text: ReactNode; children: ReactNode }) {
  return (
    <div className="space-y-1.5">
      {children}
      <p className="text-xs text-muted">{text}</p>
    </div>
  );
}

function Allowance({ hold }: { hold: HoldView }) {
  if (hold.dropsAllowedUntil === null)
    return <>For two hours syncs of this course hold nothing. It ends by itself.</>;
  return (
    <>
      Allowed until <ClockTime at={hold.dropsAllowedUntil} /> for this course.
    </>
  );
}
