import Link from "next/link";
import type { ReactNode } from "react";

/** The link of a table row: its target is the whole row, its name only its own text. */
export function RowLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      className="font-medium text-ink after:absolute after:inset-0 hover:underline hover:underline-offset-2"
    >
      {children}
    </Link>
  );
}
