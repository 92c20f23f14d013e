"use client";

import { useFormStatus } from "react-dom";
import { useRefusal } from "#components/access/rights.tsx";
import { Button, type ButtonProps } from "#components/ui/button.tsx";

/**
 * Submits its form; while that lasts it stays focusable and does nothing. So it does for who may
 * not do what the form is for, and says why.
 */
export function SubmitButton({ children, onClick, ...rest }: Omit<ButtonProps, "asChild">) {
  const { pending } = useFormStatus();
  const refusal = useRefusal();
  const isHeld = pending || refusal !== null;
  return (
    <Button
      look="primary"
      {...rest}
      type="submit"
      isBusy={pending}
      title={refusal ?? rest.title}
      aria-disabled={isHeld || undefined}
      onClick={(event) => (isHeld ? event.preventDefault() : onClick?.(event))}
    >
      {children}
      {refusal && <span className="sr-only">: {refusal}</span>}
    </Button>
  );
}

/** What Enter in a field presses: a form's first button, rather than one of a list's in it. */
export function EnterButton() {
  const { pending } = useFormStatus();
  const isHeld = useRefusal() !== null || pending;
  return (
    <button
      type="submit"
      tabIndex={-1}
      aria-hidden
      className="sr-only"
      onClick={(event) => isHeld && event.preventDefault()}
    />
  );
}
