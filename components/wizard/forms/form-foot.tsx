import { ArrowLeft } from "lucide-react";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import type { Kept } from "#components/forms/drafts/use-kept-draft.ts";
import { Button } from "#components/ui/buttons/button.tsx";

const WORDS: Record<Kept, string> = {
  unknown: "What you type is kept as a draft.",
  saving: "Keeping the draft…",
  kept: "Draft kept.",
  lost: "The draft could not be kept: stay on this page until it is saved.",
};

/** Back is a submission too, so that it keeps what was typed without JavaScript. */
export function FormFoot(props: {
  goBack: (form: FormData) => Promise<void>;
  kept: Kept;
  isRegistered: boolean;
}) {
  return (
    <div className="flex flex-wrap items-center gap-2 border-t pt-4">
      <SubmitButton>{props.isRegistered ? "Save changes" : "Save registration"}</SubmitButton>
      <Button type="submit" look="quiet" formAction={props.goBack} formNoValidate>
        <ArrowLeft aria-hidden /> Back
      </Button>
      <p className={props.kept === "lost" ? "text-xs text-bad" : "text-xs text-muted"}>
        {WORDS[props.kept]}
      </p>
    </div>
  );
}
