import type { ReactNode } from "react";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { SubmitButton } from "./acts/submit-button.tsx";
import type { FormState } from "./form-state.ts";
import { PlainForm } from "./plain-form.tsx";

/** A card that is one plain form, and says when it was saved. */
export function PlainFormCard(props: {
  /** Of `usePlainForm`. */
  form: { id: string; state: FormState; submit: (form: FormData) => void };
  title: string;
  description?: string;
  /** The word of its button. */
  act: string;
  children: ReactNode;
}) {
  const { id, state, submit } = props.form;
  const titleId = `${id}-title`;
  return (
    <Card aria-labelledby={titleId}>
      <CardHeader id={titleId} title={props.title} description={props.description} />
      <CardBody className="space-y-4">
        {state.status === "done" && (
          <Banner tone="ok" role="status">
            <p>{state.message}.</p>
          </Banner>
        )}
        <PlainForm id={id} state={state} submit={submit} className="space-y-4">
          {props.children}
          <SubmitButton look="secondary">{props.act}</SubmitButton>
        </PlainForm>
      </CardBody>
    </Card>
  );
}
