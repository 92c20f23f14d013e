import { cn } from "../cn.ts";

function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn("h-4 animate-pulse-soft rounded bg-line", className)} />;
}

/** The outline of a page of rows while it loads. */
export function SkeletonRows({ rows = 6 }: { rows?: number }) {
  return (
    <div role="status" className="space-y-3 p-4">
      <span className="sr-only">Loading</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex items-center gap-4">
          <Skeleton className="w-20" />
          <Skeleton className="flex-1" />
          <Skeleton className="w-24" />
        </div>
      ))}
    </div>
  );
}
