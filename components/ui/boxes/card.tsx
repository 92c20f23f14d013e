import type { ComponentProps, ReactNode } from "react";
import { cn } from "../cn.ts";

/** A labelled section; an article where several of one name may stand beside each other. */
export function Card({
  as: Element = "section",
  className,
  ...rest
}: ComponentProps<"section"> & { as?: "section" | "article" }) {
  return (
    <Element className={cn("rounded-lg border bg-surface shadow-lift", className)} {...rest} />
  );
}

export function CardHeader(props: {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  id?: string;
}) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b px-4 py-3 last:border-b-0">
      <div className="min-w-0">
        <h2 id={props.id} className="text-base font-semibold">
          {props.title}
        </h2>
        {props.description && <p className="text-sm text-muted">{props.description}</p>}
      </div>
      {props.actions && <div className="flex flex-wrap items-center gap-2">{props.actions}</div>}
    </div>
  );
}

export function CardBody({ className, ...rest }: ComponentProps<"div">) {
  return <div className={cn("p-4", className)} {...rest} />;
}
