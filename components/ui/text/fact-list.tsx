import type { ReactNode } from "react";
import { cn } from "../cn.ts";

export type Fact = { label: string; value: ReactNode; note?: ReactNode };

/** Labelled values, read-only; one below the other where there is little room. */
export function FactList({ facts, className }: { facts: Fact[]; className?: string }) {
  return (
    <dl className={cn("@container divide-y", className)}>
      {facts.map((fact) => (
        <div
          key={fact.label}
          className="grid gap-x-4 gap-y-0.5 px-4 py-2.5 @sm:grid-cols-[minmax(0,min(13rem,40%))_minmax(0,1fr)]"
        >
          <dt className="text-sm text-muted">{fact.label}</dt>
          <dd className="min-w-0 text-sm">
            {fact.value}
            {fact.note && <div className="text-xs text-faint">{fact.note}</div>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
