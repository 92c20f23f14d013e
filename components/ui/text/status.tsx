import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "../cn.ts";

export type Tone = "ok" | "warn" | "bad" | "active" | "idle";

const BADGE: Record<Tone, string> = {
  ok: "border-ok-line bg-ok-soft text-ok",
  warn: "border-warn-line bg-warn-soft text-warn",
  bad: "border-bad-line bg-bad-soft text-bad",
  active: "border-accent-line bg-accent-soft text-accent",
  idle: "border-line bg-sunken text-muted",
};

export const TONE_TEXT: Record<Tone, string> = {
  ok: "text-ok",
  warn: "text-warn",
  bad: "text-bad",
  active: "text-accent",
  idle: "text-muted",
};

export const TONE_FILL: Record<Tone, string> = {
  ok: "bg-ok-fill",
  warn: "bg-warn-fill",
  bad: "bg-bad-fill",
  active: "bg-accent",
  idle: "bg-control",
};

/** A state as icon, word and colour together; never colour alone. */
export function Status(props: {
  tone: Tone;
  icon: LucideIcon;
  children: ReactNode;
  isSpinning?: boolean;
  className?: string;
}) {
  const Icon = props.icon;
  return (
    <span
      className={cn(
        "inline-flex w-fit items-center gap-1 rounded-full border px-2 py-0.5 text-xs leading-4 font-medium whitespace-nowrap",
        BADGE[props.tone],
        props.className,
      )}
    >
      <Icon
        aria-hidden
        className={cn("size-3 shrink-0", props.isSpinning && "motion-safe:animate-spin")}
      />
      {props.children}
    </span>
  );
}
