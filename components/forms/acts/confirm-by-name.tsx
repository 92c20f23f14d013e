"use client";

import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { Disclosure } from "#components/ui/boxes/disclosure.tsx";
import type { FormAction } from "../form-state.ts";
import { PlainForm } from "../plain-form.tsx";
import { usePlainForm } from "../use-plain-form.ts";
import { SubmitButton } from "./submit-button.tsx";
import { TextField } from "../fields/text-field.tsx";

export type ByNameProps = {
  action: FormAction;
  values: Record<string, string>;
  title: string;
  /** What stops or goes with it. */
  touches: ReactNode;
  name: string;
  act: string;
  /** What else has to be said for it. */
  children?: ReactNode;
};

/** An act that is easily regretted: what it touches, and the name typed to go on. */
export function ConfirmByName(props: ByNameProps) {
  const { id, fields, state, submit } = usePlainForm(props.action, "confirm", ["confirmation"]);
  return (
    <Card aria-labelledby="confirm-title" className="border-bad-line">
      <CardHeader
        id="confirm-title"
        title={
          <span className="flex items-center gap-2">
            <TriangleAlert aria-hidden className="size-4 text-bad" />
            {props.title}
          </span>
        }
      />
      <CardBody className="space-y-3 text-sm">
        <div className="max-w-prose space-y-1">{props.touches}</div>
        <Disclosure summary={`${props.act}…`} isOpen={state.status === "error"}>
          <PlainForm id={id} state={state} submit={submit} className="max-w-md space-y-3">
            {Object.entries(props.values).map(([name, value]) => (
              <input key={name} type="hidden" name={name} value={value} />
            ))}
            <TextField
              field={fields.confirmation}
              label={`Type “${props.name}” to go on`}
              autoComplete="off"
              spellCheck={false}
            />
            {props.children}
            <SubmitButton look="danger">{props.act}</SubmitButton>
          </PlainForm>
        </Disclosure>
      </CardBody>
    </Card>
  );
}
