import type { ReactNode } from "react";
import { EnterButton } from "./acts/submit-button.tsx";
import { FormErrors } from "./form-errors.tsx";
import type { FormState } from "./form-state.ts";

/** The form element of `usePlainForm`: its errors first, then its fields. */
export function PlainForm(props: {
  id: string;
  state: FormState;
  /** In place of the usual distances between fields. */
  className?: string;
  submit: (form: FormData) => void;
  children: ReactNode;
}) {
  return (
    <form
      id={props.id}
      action={props.submit}
      onReset={(event) => {
        // React empties a form after its action; what was refused must stay to be corrected.
        if (props.state.status === "error") event.preventDefault();
      }}
      noValidate
      className={props.className ?? "space-y-5"}
    >
      <FormErrors state={props.state} formId={props.id} />
      <EnterButton />
      {props.children}
    </form>
  );
}
