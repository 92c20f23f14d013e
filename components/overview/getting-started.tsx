import { Check } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "#components/ui/buttons/button.tsx";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { cn } from "#components/ui/cn.ts";

/** The way from an empty installation to the first roster. */
export function GettingStarted({ hasRegistration }: { hasRegistration: boolean }) {
  return (
    <Card aria-labelledby="getting-started" className="max-w-3xl">
      <CardHeader
        id="getting-started"
        title="Three steps to the first roster"
        description="Nothing is synced until the last of them."
      />
      <ol className="divide-y">
        <Step number={1} isDone={hasRegistration} isNext={!hasRegistration} title="Connect an LMS">
          Exchange a client ID and a key with its administrator; the form speaks that LMS&apos;s
          words.
          <Next href="/registrations/new" isShown={!hasRegistration}>
            Connect an LMS
          </Next>
        </Step>
        <Step number={2} isNext={hasRegistration} title="Add a course">
          Paste the service addresses that its launch announces.
          <Next href="/courses/new" isShown={hasRegistration}>
            Add a course
          </Next>
        </Step>
        <Step number={3} title="Sync its roster">
          One click on the course. Its members, and every request made for them, are here to see.
        </Step>
      </ol>
    </Card>
  );
}

function Step(props: {
  number: number;
  title: string;
  children: ReactNode;
  isDone?: boolean;
  isNext?: boolean;
}) {
  return (
    <li className="flex gap-3 px-4 py-4 text-sm">
      <span
        aria-hidden
        className={cn(
          "grid size-6 shrink-0 place-items-center rounded-full border text-xs font-semibold",
          props.isDone
            ? "border-ok-line bg-ok-soft text-ok"
            : props.isNext
              ? "border-transparent bg-accent text-on-accent"
              : "text-muted",
        )}
      >
        {props.isDone ? <Check className="size-3.5" /> : props.number}
      </span>
      <div className="min-w-0 space-y-1 text-muted">
        <h3 className="text-base font-semibold text-ink">
          {props.title}
          {props.isDone && <span className="sr-only"> (done)</span>}
        </h3>
        {props.children}
      </div>
    </li>
  );
}

function Next(props: { href: string; isShown: boolean; children: ReactNode }) {
  if (!props.isShown) return null;
  return (
    <div className="pt-2">
      <Button asChild look="primary">
        <Link href={props.href}>{props.children}</Link>
      </Button>
    </div>
  );
}
