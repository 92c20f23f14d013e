"use client";

import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { FormErrors } from "#components/forms/form-errors.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { useAct } from "#components/forms/use-act.ts";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import type { SingleSignOnTest } from "#lib/operations/single-sign-on/schema.ts";

const ID = "single-sign-on-test";

/** Asks the provider as a sign-in would, and says what it answers. */
export function SingleSignOnTestCard({ test }: { test: FormAction<SingleSignOnTest> }) {
  const [state, submit] = useAct<SingleSignOnTest>(test);
  const found = state.status === "done" ? state.result : undefined;
  return (
    <Card aria-labelledby={`${ID}-title`}>
      <CardHeader
        id={`${ID}-title`}
        title="Test"
        description="Reads the discovery document and the keys of the provider that is saved."
      />
      <CardBody className="space-y-4">
        <form id={ID} action={submit} className="space-y-4">
          <FormErrors state={state} formId={ID} />
          <SubmitButton look="secondary">Test the provider</SubmitButton>
        </form>
        {found && <Findings found={found} />}
      </CardBody>
    </Card>
  );
}

function Findings({ found }: { found: SingleSignOnTest }) {
  const facts = [
    ["Issuer", found.issuer],
    ["People sign in at", found.authorizationEndpoint],
    ["Codes are exchanged at", found.tokenEndpoint],
    ["Keys", found.keys.map(({ kid, alg, kty }) => `${kid ?? "no ID"} (${alg ?? kty})`).join(", ")],
  ].filter(([, value]) => value);
  return (
    <Banner
      tone={found.works ? "ok" : "bad"}
      role="status"
      title={found.works ? "The provider answers" : "The provider cannot be used"}
    >
      <p>{found.words}</p>
      {found.problems.length > 0 && (
        <ul className="list-disc ps-5">
          {found.problems.map((problem) => (
            <li key={problem} className="first-letter:uppercase">
              {problem}
            </li>
          ))}
        </ul>
      )}
      {facts.length > 0 && (
        <dl className="mt-2 grid gap-x-3 sm:grid-cols-[auto_minmax(0,1fr)]">
          {facts.map(([word, value]) => (
            <div key={word} className="contents">
              <dt className="text-muted">{word}</dt>
              <dd className="font-mono text-xs leading-5 break-all">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </Banner>
  );
}
