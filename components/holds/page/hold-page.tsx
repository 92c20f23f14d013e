"use client";

import { PageHeader } from "#components/layout/page-header.tsx";
import { AbsoluteTime, RelativeTime } from "#components/live/time/time.tsx";
import { reads } from "#components/live/reads.ts";
import { ReadState } from "#components/live/read-state.tsx";
import { useRead } from "#components/live/use-read.ts";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { FactList } from "#components/ui/text/fact-list.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { StateBadge } from "#components/states/state-badge.tsx";
import { HOLD_STATES } from "#components/states/tables/rosters.ts";
import { plural } from "#lib/format.ts";
import type { HoldView } from "#lib/operations/holds/schema.ts";
import { HeldMembers } from "./held-members.tsx";
import { HoldActions, type HoldActs } from "./hold-actions.tsx";
import { RestoreRemovals } from "../restore-removals.tsx";
import { appliedWords, removalWords, RULE_WORDS } from "../hold-words.ts";

/** One hold: whom it names, why they wait, and what can be done about it. */
export function HoldPage({ holdId, ...acts }: HoldActs & { holdId: string }) {
  const read = useRead(reads.hold({ holdId }));
  return (
    <ReadState of={read}>
      {(hold) => (
        <>
          <PageHeader
            title={hold.courseTitle}
            crumbs={[
              { label: "Holds", href: "/holds" },
              { label: hold.registrationName, href: `/registrations/${hold.registrationId}` },
            ]}
            status={<StateBadge of={HOLD_STATES} state={hold.state} />}
            description={`${removalWords(hold)}. ${RULE_WORDS[hold.rule]}.`}
          />
          <div className="space-y-5">
            {hold.state === "open" && <HoldActions hold={hold} {...acts} />}
            <RestoreRemovals
              restorable={hold.restorable}
              removedBy="this decision"
              restore={acts.restore}
              values={{ holdId: hold.id }}
            />
            <Card aria-labelledby="hold-facts">
              <CardHeader id="hold-facts" title="What happened" />
              <FactList facts={factsOf(hold)} />
            </Card>
            <HeldMembers hold={hold} />
          </div>
        </>
      )}
    </ReadState>
  );
}

function factsOf(hold: HoldView) {
  return [
    {
      label: "Course",
      value: <TextLink href={`/courses/${hold.courseId}/roster`}>{hold.courseTitle}</TextLink>,
    },
    {
      label: "Found by",
      value: (
        <>
          <TextLink href={`/runs/${hold.runId}`}>a roster sync</TextLink>{" "}
          <RelativeTime at={hold.createdAt} />
        </>
      ),
    },
    { label: "The same sync", value: appliedWords(hold) },
    {
      label: "Same registration",
      value:
        hold.similar === 0 ? (
          "No other course waits"
        ) : (
          <TextLink href={`/holds?registrationId=${hold.registrationId}`}>
            {plural(hold.similar, "other course waits", "other courses wait")}
          </TextLink>
        ),
      note: hold.similar > 1 ? "Many at once often have one cause at the platform." : undefined,
    },
    ...(hold.state === "open" ? [] : [decisionOf(hold)]),
  ];
}

function decisionOf(hold: HoldView) {
  const by = hold.decidedBy ?? "A later sync, which read the roster again";
  return {
    label: "Decided",
    value: (
      <>
        {by}, <AbsoluteTime at={hold.decidedAt} />
      </>
    ),
    note:
      hold.stayed > 0
        ? `${plural(hold.stayed, "person was", "people were")} back on the roster and not removed.`
        : undefined,
  };
}
