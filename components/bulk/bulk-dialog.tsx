"use client";

import { startTransition, useEffect } from "react";
import { FormErrors } from "#components/forms/form-errors.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { useAct } from "#components/forms/use-act.ts";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { Button } from "#components/ui/buttons/button.tsx";
import { Dialog, DialogClose, DialogFooter } from "#components/ui/overlays/dialog.tsx";
import { namesAndMore } from "#components/ui/text/names-and-more.ts";
import { SkeletonRows } from "#components/ui/boxes/skeleton.tsx";
import { plural } from "#lib/format.ts";
import type { BulkAction, BulkPreview } from "#lib/operations/bulk/schema.ts";
import { ACTION_WORDS, untouchedWords } from "./bulk-words.ts";

export type BulkActs = { preview: FormAction<BulkPreview>; start: FormAction };

type Asked = { acts: BulkActs; action: BulkAction; query: string };

/** Repeats the filter, counts what it matches, says what is left alone; then acts. */
export function BulkDialog({ close, ...asked }: Asked & { close: () => void }) {
  const words = ACTION_WORDS[asked.action];
  return (
    <Dialog
      title={words.what}
      description={words.note}
      isOpen
      onOpenChange={(isOpen) => !isOpen && close()}
    >
      <Consent {...asked} />
    </Dialog>
  );
}

function Consent({ acts, action, query }: Asked) {
  const [seen, look] = useAct<BulkPreview>(acts.preview);
  const [started, start] = useAct(acts.start);
  useEffect(() => {
    const form = new FormData();
    form.set("action", action);
    form.set("query", query);
    startTransition(() => look(form));
  }, [look, action, query]);
  const preview = seen.result;
  return (
    <form action={start} className="space-y-4">
      <FormErrors state={started.status === "error" ? started : seen} formId="bulk" />
      {preview ? <Matching preview={preview} /> : seen.status === "idle" && <SkeletonRows />}
      <input type="hidden" name="action" value={action} />
      <input type="hidden" name="query" value={query} />
      <DialogFooter>
        <DialogClose>
          <Button>Back</Button>
        </DialogClose>
        {preview && preview.targets > 0 && (
          <SubmitButton look={ACTION_WORDS[action].isDestructive ? "danger" : "primary"}>
            {ACTION_WORDS[action].button(preview.targets)}
          </SubmitButton>
        )}
      </DialogFooter>
    </form>
  );
}

function Matching({ preview }: { preview: BulkPreview }) {
  const { filterWords, total, targets, untouched, names } = preview;
  return (
    <div className="space-y-3 text-sm">
      <ul className="space-y-0.5 rounded-md border bg-sunken px-3 py-2">
        {filterWords.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      <p>
        {plural(total, "matches", "match")} this filter.
        {untouched.length > 0 && ` Skipped: ${untouchedWords(untouched)}.`}
        {targets === 0 && " Nothing is left that this could be done to."}
      </p>
      {names.length > 0 && <p>{namesAndMore(names, targets)}</p>}
      <p className="text-muted">What comes to match after the start is not touched.</p>
    </div>
  );
}
