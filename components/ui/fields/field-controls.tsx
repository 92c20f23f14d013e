import type { ComponentProps } from "react";
import { cn } from "../cn.ts";

const control =
  "default:w-full rounded-md border border-control bg-surface default:text-base text-ink transition-colors hover:border-muted disabled:bg-sunken disabled:text-muted aria-invalid:border-bad-fill";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={cn(control, "default:h-9 default:px-3", className)} {...rest} />;
}

export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea className={cn(control, "min-h-24 px-3 py-2", className)} {...rest} />;
}

export function Select({ className, ...rest }: ComponentProps<"select">) {
  return <select className={cn(control, "default:h-9 px-2", className)} {...rest} />;
}

export function Checkbox({ className, ...rest }: ComponentProps<"input">) {
  return (
    <input
      type="checkbox"
      className={cn("m-1 size-4 shrink-0 rounded accent-accent", className)}
      {...rest}
    />
  );
}

export function Radio({ className, ...rest }: ComponentProps<"input">) {
  return (
    <input type="radio" className={cn("m-1 size-4 shrink-0 accent-accent", className)} {...rest} />
  );
}

export function Label({ className, ...rest }: ComponentProps<"label">) {
  return <label className={cn("text-sm font-medium", className)} {...rest} />;
}
