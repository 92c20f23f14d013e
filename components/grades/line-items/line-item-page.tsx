"use client";

import { ArrowLeft } from "lucide-react";
import { ConfirmByName } from "#components/forms/acts/confirm-by-name.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { ReadState } from "#components/live/read-state.tsx";
import { reads } from "#components/live/reads.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { useRead } from "#components/live/use-read.ts";
import { Badge } from "#components/ui/text/badge.tsx";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { Checkbox } from "#components/ui/fields/field-controls.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { plural } from "#lib/format.ts";
import type { LineItemOnPlatform, LineItemView } from "#lib/operations/line-items/schema.ts";
import { LineItemComparison } from "./line-item-comparison.tsx";
import { LineItemEditForm } from "./line-item-edit-form.tsx";

type Acts = { compare: FormAction<LineItemOnPlatform>; save: FormAction; remove: FormAction };

/** One column of the platform's grade book: what is held of it, what it is there, and its end. */
export function LineItemPage(props: Acts & { courseId: string; lineItemId: string }) {
  const { courseId, lineItemId, ...acts } = props;
  const lineItem = useRead(reads.lineItem({ lineItemId }));
  const { data: course } = useRead(reads.course({ courseId }));
  return (
    <ReadState of={lineItem}>
      {(item) => (
        <div className="max-w-3xl space-y-5">
          <Heading item={item} />
          <LineItemComparison item={item} compare={acts.compare} />
          {item.deletedBy === null && !course?.archivedAt && (
            <>
              <Card aria-labelledby="change">
                <CardHeader
                  id="change"
                  title="Change"
                  description="It is changed on the platform; scores that were sent stay as they are there."
                />
                <CardBody>
                  <LineItemEditForm item={item} save={acts.save} />
                </CardBody>
              </Card>
              <Deletion item={item} remove={acts.remove} />
            </>
          )}
        </div>
      )}
    </ReadState>
  );
}

function Heading({ item }: { item: LineItemView }) {
  const { courseId, label, url, goneAt, deletedBy, resourceLinkId } = item;
  return (
    <div className="space-y-2">
      <TextLink
        href={`/courses/${courseId}/grades/line-items`}
        className="inline-flex items-center gap-1 text-sm"
      >
        <ArrowLeft aria-hidden className="size-3.5" /> Line items
      </TextLink>
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="text-lg font-semibold break-words">{label || url}</h2>
        {resourceLinkId !== null && <Badge>belongs to a link</Badge>}
      </div>
      {deletedBy !== null ? (
        <Banner tone="idle" title={`Deleted by ${deletedBy}`}>
          <p>
            <RelativeTime at={goneAt} />. Its scores are kept with their history; new ones are
            refused. Add it again by its URL or label, if the platform has it once more.
          </p>
        </Banner>
      ) : (
        goneAt !== null && (
          <Banner tone="warn" title="The platform no longer has it">
            <p>
              Seen <RelativeTime at={goneAt} />. An import that finds it lifts this.
            </p>
          </Banner>
        )
      )}
    </div>
  );
}

function Deletion({ item, remove }: { item: LineItemView; remove: FormAction }) {
  const { id, label, url, scores, resourceLinkId } = item;
  const { pending, sending, sent, rejected, conflict } = scores;
  const total = pending + sending + sent + rejected + conflict;
  const waiting = pending + conflict;
  return (
    <ConfirmByName
      action={remove}
      values={{ lineItemId: id }}
      title="Delete this line item"
      name={label.trim() || url}
      act="Delete line item"
      touches={
        <>
          <p>
            Deletes the column on the platform, with all grades it holds there. That cannot be taken
            back.
          </p>
          <p>
            {total === 0
              ? "No scores are held for it here."
              : `${plural(total, "score")} ${total === 1 ? "is" : "are"} held for it here and kept with ${total === 1 ? "its" : "their"} history`}
            {total > 0 && (waiting > 0 ? `; ${waiting} of them wait, and will be refused.` : ".")}
          </p>
        </>
      }
    >
      <label className="flex items-start gap-2">
        <Checkbox name="coupled" />
        <span>
          Also where it belongs to a link of the course
          <span className="block text-xs text-muted">
            {resourceLinkId === null
              ? "Else such a column is left alone."
              : "This one does: the link would be without a column."}
          </span>
        </span>
      </label>
    </ConfirmByName>
  );
}
