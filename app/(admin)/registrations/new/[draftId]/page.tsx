import { redirect } from "next/navigation";
import { readDraft, type DraftParams } from "../read-draft.ts";
import { stepHref } from "#components/wizard/wizard-steps.tsx";

/** Goes on where the draft was left. */
export default async function DraftPage(props: DraftParams) {
  redirect(stepHref((await readDraft(props, "")).draft));
}
