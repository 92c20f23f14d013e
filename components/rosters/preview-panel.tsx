"use client";

import { Check, UserPlus, X } from "lucide-react";
import { ConfirmAct } from "#components/forms/acts/confirm-act.tsx";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { namesAndMore } from "#components/ui/text/names-and-more.ts";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { formatCount, plural } from "#lib/format.ts";
import type { PreviewView } from "#lib/operations/rosters/schema.ts";

export type PreviewActs = {
  applyPreview: FormAction;
  applyAdditions: FormAction;
  discardPreview: FormAction;
};

/** What a preview found in one sentence, and what can be done with it. */
export function PreviewPanel({ runId, ...acts }: PreviewActs & { runId: string }) {
  const { data } = useRead(reads.preview({ runId }));
  if (!data) return null;
  const isOpen = data.state === "open" || data.state === "moved";
  return (
    <Banner tone={data.state === "moved" ? "warn" : "active"} title={sentenceOf(data)}>
      <Note preview={data} />
      {isOpen && <Acts preview={data} {...acts} />}
    </Banner>
  );
}

function Acts({ preview, ...acts }: PreviewActs & { preview: PreviewView }) {
  const values = { runId: preview.runId };
  const { added, changed, removed, restored } = preview.found;
  const total = added + changed + removed + restored;
  return (
    <div className="flex flex-wrap gap-2 pt-2">
      {preview.state === "open" && (
        <ConfirmAct
          action={acts.applyPreview}
          values={values}
          look={removed === 0 ? "primary" : "secondary"}
          tone={removed === 0 ? "go" : "danger"}
          word={
            <>
              <Check aria-hidden /> Apply all…
            </>
          }
          title={`Apply ${plural(total, "change")} to the roster?`}
          act={removed === 0 ? "Apply" : `Apply, and remove ${plural(removed, "person", "people")}`}
        >
          {removed > 0 && <RemovedNames runId={preview.runId} />}
          <p>
            {plural(total - removed, "person", "people")} added, taken back or changed;{" "}
            {formatCount(preview.same)} stay as they are. Who is removed is kept with scores and
            dates, and can be restored in the course’s roster.
          </p>
        </ConfirmAct>
      )}
      {preview.state === "open" && removed > 0 && (
        <ConfirmAct
          action={acts.applyAdditions}
          values={values}
          tone="go"
          word={
            <>
              <UserPlus aria-hidden /> Apply without removals…
            </>
          }
          title={`Apply ${plural(total - removed, "change")} and remove nobody?`}
          act="Apply without removals"
        >
          <p>
            {plural(total - removed, "person", "people")} added, taken back or changed.{" "}
            {plural(removed, "person", "people")} that the platform does not list any more stay.
          </p>
        </ConfirmAct>
      )}
      <ActionButton action={acts.discardPreview} values={values}>
        <X aria-hidden /> Discard
      </ActionButton>
    </div>
  );
}

/** The first of those whom the preview would remove, and how many more there are. */
function RemovedNames({ runId }: { runId: string }) {
  const { data } = useRead(reads.rosterChanges({ runId, kind: "removed" }));
  if (!data) return null;
  const names = data.items.map(({ name, userId }) => name ?? userId);
  return (
    <p>
      <span className="text-ink">{namesAndMore(names, data.total)}</span> will be removed.
    </p>
  );
}

function sentenceOf({ state, found, same }: PreviewView): string {
  if (state === "under_way") return "Preview: the rosters are being compared";
  if (state === "nothing") return "Preview: nothing would change";
  const add = found.added + found.restored;
  const parts = [`add ${formatCount(add)}`, `remove ${formatCount(found.removed)}`];
  parts.push(`change ${formatCount(found.changed)}`, `same ${formatCount(same)}`);
  return `Preview: ${parts.join(", ")}`;
}

function Note({ preview }: { preview: PreviewView }) {
  switch (preview.state) {
    case "under_way":
    case "nothing":
      return <p>Nothing is written.</p>;
    case "open":
      return (
        <p>
          Nothing is written yet. Applying writes exactly what is listed below; the platform is not
          asked again.
        </p>
      );
    case "moved":
      return (
        <p>
          The roster changed since this preview
          {preview.movedCourses.length > 0 &&
            ` (${preview.movedCourses.map(({ title }) => title).join(", ")})`}
          , so it cannot be applied any more. Start another one.
        </p>
      );
    case "applied":
      return (
        <p>
          Applied by{" "}
          {preview.appliedBy.map((id) => (
            <TextLink key={id} href={`/runs/${id}`}>
              a later run
            </TextLink>
          ))}
          .
        </p>
      );
    case "discarded":
      return <p>Discarded. Nothing was written.</p>;
  }
}
