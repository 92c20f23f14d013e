import { FormProvider, FormStateInput, type FormMetadata } from "@conform-to/react";
import type { ReactNode } from "react";
import { FormErrors } from "./form-errors.tsx";
import type { FormState } from "./form-state.ts";
import { EnterButton } from "./acts/submit-button.tsx";

/** The form element of `useServerForm`: its errors first, then its fields. */
export function ServerForm(props: {
  form: FormMetadata;
  state: FormState;
  submit: (form: FormData) => void;
  children: ReactNode;
  /** In place of the usual distances between fields. */
  className?: string;
}) {
  const { form } = props;
  return (
    <FormProvider context={form.context}>
      <form
        id={form.id}
        action={props.submit}
        onSubmit={form.onSubmit}
        onReset={(event) => {
          // React empties a form after its action; what was refused must stay to be corrected.
          if (props.state.status === "error") event.preventDefault();
        }}
        noValidate={form.noValidate}
        className={props.className ?? "space-y-5"}
      >
        <FormErrors state={props.state} formId={form.id} />
        <FormStateInput formId={form.id} />
        <EnterButton />
        {props.children}
      </form>
    </FormProvider>
  );
}
