import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "../cn.ts";

/** Details that open in place, without JavaScript. */
export function Disclosure(props: {
  summary: ReactNode;
  children: ReactNode;
  isOpen?: boolean;
  className?: string;
}) {
  return (
    <details open={props.isOpen} className={cn("group", props.className)}>
      <summary className="flex min-h-6 list-none items-center gap-1.5 rounded text-sm font-medium [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="size-3.5 shrink-0 text-muted transition-transform group-open:rotate-90"
        />
        {props.summary}
      </summary>
      <div className="pt-2">{props.children}</div>
    </details>
  );
}
