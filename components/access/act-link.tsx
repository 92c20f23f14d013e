"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { Button, type ButtonProps } from "#components/ui/buttons/button.tsx";
import { HeldBack } from "#components/ui/overlays/held-back.tsx";
import { useRefusal } from "./rights.tsx";

/** A link to where something is done; held back, with the reason, where it would be refused there. */
export function ActLink(props: {
  href: string;
  children: ReactNode;
  label?: string;
  look?: ButtonProps["look"];
  size?: ButtonProps["size"];
  /** Why it cannot be done now. */
  blocked?: ReactNode;
}) {
  const { href, label, children, look, size } = props;
  const reason = useRefusal(props.blocked);
  return (
    <HeldBack reason={reason}>
      <Button asChild look={look} size={size} aria-disabled={reason !== null || undefined}>
        {reason === null ? (
          <Link href={href} aria-label={label}>
            {children}
          </Link>
        ) : (
          // Without an address it is no link any more to the browser; it still takes the focus.
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the reason is read on focus
          <a role="link" aria-label={label} tabIndex={0}>
            {children}
          </a>
        )}
      </Button>
    </HeldBack>
  );
}
