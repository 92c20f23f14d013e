import Link from "next/link";
import type { ComponentProps } from "react";
import { cn } from "../cn.ts";

/** A link within text or a cell; `relative` lifts it over a row's own link. */
export function TextLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      className={cn(
        "relative z-1 default:font-medium default:text-accent default:underline default:decoration-accent-line underline-offset-2 hover:decoration-accent",
        className,
      )}
      {...rest}
    />
  );
}
