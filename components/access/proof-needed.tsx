import type { FormState } from "#components/forms/form-state.ts";

/** Where an act waits for a proof of who the person is, and no dialog asks: the page that does. */
export function ProofNeeded({ state }: { state: FormState }) {
  if (state.code !== "operation.proof_needed") return null;
  return (
    <a href="/login/again" target="_blank" className="underline underline-offset-2">
      Confirm it on a page of its own, then do this once more
    </a>
  );
}
