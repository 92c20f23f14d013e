import { ChevronRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

export type Crumb = { label: string; href: string };

/** A page's name, where it belongs, what it says in one line, and what can be done. */
export function PageHeader(props: {
  title: ReactNode;
  crumbs?: Crumb[];
  status?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className="mb-3 space-y-0.5">
      {props.crumbs && <Crumbs crumbs={props.crumbs} />}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-80">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 tabIndex={-1} className="text-xl font-semibold tracking-tight outline-none">
              {props.title}
            </h1>
            {props.status}
          </div>
          {props.description && (
            <div className="mt-0.5 max-w-4xl text-sm text-muted">{props.description}</div>
          )}
        </div>
        {props.actions && <div className="flex flex-wrap items-center gap-2">{props.actions}</div>}
      </div>
    </header>
  );
}

function Crumbs({ crumbs }: { crumbs: Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb">
      <ol className="flex flex-wrap items-center gap-1 text-sm text-muted">
        {crumbs.map((crumb) => (
          <li key={crumb.href} className="flex items-center gap-1">
            <Link href={crumb.href} className="rounded py-0.5 hover:text-ink hover:underline">
              {crumb.label}
            </Link>
            <ChevronRight aria-hidden className="size-3.5 text-faint" />
          </li>
        ))}
      </ol>
    </nav>
  );
}
