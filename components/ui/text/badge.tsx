import type { ComponentProps } from "react";
import { cn } from "../cn.ts";

/** A short neutral mark, such as a kind or a count. */
export function Badge({ className, ...rest }: ComponentProps<"span">) {
  return (
    <span
      className={cn(
        "inline-flex items-center rounded border bg-sunken px-1.5 text-xs leading-5 font-medium whitespace-nowrap default:text-muted",
        className,
      )}
      {...rest}
    />
  );
}
