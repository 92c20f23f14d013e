import type { ReactNode } from "react";

/** The one card of a page that comes before the console. */
export function AuthCard(props: { title: string; description?: ReactNode; children: ReactNode }) {
  return (
    <section className="space-y-5 rounded-lg border bg-surface p-6 shadow-lift">
      <div className="space-y-1">
        <h1 className="text-xl font-semibold">{props.title}</h1>
        {props.description && <div className="text-sm text-muted">{props.description}</div>}
      </div>
      {props.children}
    </section>
  );
}
