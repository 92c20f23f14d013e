"use client";

import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { ConfirmAct } from "#components/forms/acts/confirm-act.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { PLATFORM_NAMES } from "#lib/platforms/names.ts";
import { Button } from "#components/ui/buttons/button.tsx";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import type { DraftStep, DraftView } from "#lib/operations/registrations/drafts-schema.ts";
import { stepHref } from "./wizard-steps.tsx";

const WORDS: Record<DraftStep, string> = {
  way: "choose the way",
  tool: "the tool’s values",
  key: "the tool’s key",
  dynamic: "Dynamic Registration",
  json: "the JSON configuration",
  by_hand: "exchange values",
  test: "test the connection",
  launch: "wait for the first launch",
};

/** What the operator has begun to connect and not finished. */
export function DraftList({ discard }: { discard: FormAction }) {
  const { data } = useRead(reads.drafts({}));
  if (!data || data.items.length === 0) return null;
  return (
    <Card aria-labelledby="drafts" className="mb-5">
      <CardHeader id="drafts" title="Continue where you left" />
      <ul className="divide-y">
        {data.items.map((draft) => (
          <li key={draft.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
            <div className="min-w-0 flex-1 basis-60 text-sm">
              <div className="font-medium break-words">{nameOf(draft)}</div>
              <div className="text-muted">
                {PLATFORM_NAMES[draft.profile]}; next: {WORDS[draft.step]}; saved{" "}
                <RelativeTime at={draft.updatedAt} />
              </div>
            </div>
            <ConfirmAct
              action={discard}
              values={{ draftId: draft.id }}
              look="quiet"
              size="sm"
              word="Discard"
              label={`Discard the draft of ${nameOf(draft)}`}
              title={`Discard the draft of ${nameOf(draft)}?`}
              act="Discard the draft"
            >
              <p>
                What was typed for {PLATFORM_NAMES[draft.profile]} is lost for good. A registration
                that the LMS made meanwhile stays.
              </p>
            </ConfirmAct>
            <Button asChild size="sm">
              <Link href={stepHref(draft)} aria-label={`Continue with ${nameOf(draft)}`}>
                Continue <ArrowRight aria-hidden />
              </Link>
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function nameOf({ values }: DraftView): string {
  return values.name || "Without a name";
}
