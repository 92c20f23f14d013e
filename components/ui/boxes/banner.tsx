import { CircleAlert, CircleCheck, Info, TriangleAlert, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "../cn.ts";
import { TONE_TEXT, type Tone } from "../text/status.tsx";

const BOX: Record<Tone, string> = {
  ok: "border-ok-line bg-ok-soft",
  warn: "border-warn-line bg-warn-soft",
  bad: "border-bad-line bg-bad-soft",
  active: "border-accent-line bg-accent-soft",
  idle: "border-line bg-sunken",
};

const ICON: Record<Tone, LucideIcon> = {
  ok: CircleCheck,
  warn: TriangleAlert,
  bad: CircleAlert,
  active: Info,
  idle: Info,
};

/** A message that stays on the page. `role="alert"` is for errors that appear after an act. */
export function Banner(props: {
  tone: Tone;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  role?: "alert" | "status";
  className?: string;
}) {
  const Icon = ICON[props.tone];
  return (
    <div
      role={props.role}
      className={cn(
        "flex flex-wrap gap-3 rounded-lg border px-4 py-3 sm:flex-nowrap",
        BOX[props.tone],
        props.className,
      )}
    >
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", TONE_TEXT[props.tone])} />
      <div className="min-w-56 flex-1 space-y-1 text-sm sm:min-w-0">
        {props.title && <div className="font-semibold">{props.title}</div>}
        {props.children}
      </div>
      {props.actions && <div className="flex shrink-0 items-center gap-2">{props.actions}</div>}
    </div>
  );
}
