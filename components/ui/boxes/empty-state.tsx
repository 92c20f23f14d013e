import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

/** What to show where there is nothing yet: why, and the next step. */
export function EmptyState(props: {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  const Icon = props.icon;
  return (
    <div className="flex flex-col items-center px-6 py-12 text-center">
      <span className="grid size-10 place-items-center rounded-lg border bg-sunken text-muted">
        <Icon aria-hidden className="size-5" />
      </span>
      <h2 className="mt-3 text-base font-semibold">{props.title}</h2>
      {props.children && <div className="mt-1 max-w-md text-sm text-muted">{props.children}</div>}
      {props.actions && (
        <div className="mt-4 flex flex-wrap justify-center gap-2">{props.actions}</div>
      )}
    </div>
  );
}
