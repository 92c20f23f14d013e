"use client";

import type { ReactNode } from "react";
import { useFormStatus } from "react-dom";
import { useRefusal } from "#components/access/rights.tsx";
import { Button, type ButtonProps } from "#components/ui/buttons/button.tsx";
import { HeldBack } from "#components/ui/overlays/held-back.tsx";

export type SubmitProps = Omit<ButtonProps, "asChild"> & {
  /** Why this cannot be done now; it is said before anybody tries. */
  blocked?: ReactNode;
};

/**
 * Submits its form; while that lasts it stays focusable and does nothing. So it does for who may
 * not do what the form is for, and while it cannot be done: on focus and hover it says why.
 */
export function SubmitButton({ children, onClick, blocked, ...rest }: SubmitProps) {
  const { pending } = useFormStatus();
  const reason = useRefusal(blocked);
  const isHeld = pending || reason !== null;
  return (
    <HeldBack reason={reason}>
      <Button
        look="primary"
        {...rest}
        type="submit"
        isBusy={pending}
        aria-disabled={isHeld || undefined}
        onClick={(event) => (isHeld ? event.preventDefault() : onClick?.(event))}
      >
        {children}
      </Button>
    </HeldBack>
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
