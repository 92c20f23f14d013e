"use client";

import { useFormStatus } from "react-dom";
import { Button, type ButtonProps } from "#components/ui/button.tsx";

/** Submits its form; while that lasts it stays focusable and does nothing. */
export function SubmitButton({ children, onClick, ...rest }: Omit<ButtonProps, "asChild">) {
  const { pending } = useFormStatus();
  return (
    <Button
      look="primary"
      {...rest}
      type="submit"
      isBusy={pending}
      aria-disabled={pending || undefined}
      onClick={(event) => (pending ? event.preventDefault() : onClick?.(event))}
    >
      {children}
    </Button>
  );
}

/** What Enter in a field presses: a form's first button, rather than one of a list's in it. */
export function EnterButton() {
  const { pending } = useFormStatus();
  return (
    <button
      type="submit"
      tabIndex={-1}
      aria-hidden
      className="sr-only"
      onClick={(event) => pending && event.preventDefault()}
    />
  );
}
