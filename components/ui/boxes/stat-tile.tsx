import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "../cn.ts";
import { TONE_TEXT, type Tone } from "../text/status.tsx";

/** A figure that leads to the rows behind it. */
export function StatTile(props: {
  href: string;
  label: string;
  figure: string;
  note?: ReactNode;
  tone?: Tone;
}) {
  return (
    <Link
      href={props.href}
      className="group rounded-lg border bg-surface p-4 shadow-lift transition-colors hover:border-line-strong hover:bg-hover"
    >
      <span className="text-sm text-muted">{props.label}</span>
      <span
        className={cn(
          "mt-1 flex min-h-9 items-end font-semibold tracking-tight tabular-nums",
          // A word or a long number stands in one line of a narrow tile, too.
          props.figure.length > 6 ? "text-xl" : "text-3xl",
          props.tone && props.tone !== "idle" && TONE_TEXT[props.tone],
        )}
      >
        {props.figure}
      </span>
      <span className="mt-1 block min-h-[1.125rem] text-xs text-muted">{props.note}</span>
    </Link>
  );
}
