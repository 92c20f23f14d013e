"use client";

import { Check, UserPlus, X } from "lucide-react";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { Banner } from "#components/ui/banner.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { formatCount } from "#lib/format.ts";
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
  return (
    <div className="flex flex-wrap gap-2 pt-2">
      {preview.state === "open" && (
        <ActionButton action={acts.applyPreview} values={values} look="primary">
          <Check aria-hidden /> Apply all
        </ActionButton>
      )}
      {preview.state === "open" && preview.found.removed > 0 && (
        <ActionButton action={acts.applyAdditions} values={values}>
          <UserPlus aria-hidden /> Apply without removals
        </ActionButton>
      )}
      <ActionButton action={acts.discardPreview} values={values}>
        <X aria-hidden /> Discard
      </ActionButton>
    </div>
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
