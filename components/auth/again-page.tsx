"use client";

import { ProofFields, ProviderLink, SignInAnew } from "#components/access/proof-fields.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { PasskeyForm } from "#components/passkeys/passkey-form.tsx";
import { Banner } from "#components/ui/boxes/banner.tsx";
import type { AskedForUse } from "#lib/operations/passkeys/schema.ts";
import { AuthCard } from "./auth-card.tsx";

const ID = "again";

/** Where who is signed in shows once more who they are, without a dialog. */
export function AgainPage(props: {
  prove: FormAction;
  askPasskey: FormAction<AskedForUse>;
  ways: readonly string[];
  isDone: boolean;
  refused: string | null;
}) {
  const { state, submit } = usePlainForm(props.prove, ID, []);
  if (props.isDone)
    return (
      <AuthCard title="Thank you">
        <p role="status">Close this page, and do once more what you were about to do.</p>
      </AuthCard>
    );
  const { ways } = props;
  return (
    <AuthCard
      title="Confirm that it is you"
      description="Then close this page, and do once more what you were about to do."
    >
      {props.refused && (
        <Banner tone="bad" role="alert" title="Not confirmed">
          <p className="first-letter:uppercase">{props.refused}.</p>
        </Banner>
      )}
      {ways.includes("passkey") && (
        <PasskeyForm ask={props.askPasskey} send={props.prove} values={{ onPage: "yes" }}>
          Use a passkey
        </PasskeyForm>
      )}
      {ways.includes("provider") && <ProviderLink />}
      {ways.length === 0 && <SignInAnew />}
      {(ways.includes("password") || ways.includes("code")) && (
        <PlainForm id={ID} state={state} submit={submit}>
          <input type="hidden" name="onPage" value="yes" />
          <ProofFields ways={ways} id={ID} />
          <SubmitButton size="lg" className="w-full">
            Go on
          </SubmitButton>
        </PlainForm>
      )}
    </AuthCard>
  );
}
