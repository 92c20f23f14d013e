import { Check } from "lucide-react";
import Link from "next/link";
import { cn } from "#components/ui/cn.ts";
import type { DraftView } from "#lib/operations/registrations/drafts-schema.ts";

export type WizardStep = "platform" | "way" | "exchange" | "key" | "test" | "launch";

/** Where a draft goes on. */
export function stepHref({ id, step }: Pick<DraftView, "id" | "step">): string {
  return `/registrations/new/${id}/${step.replace("_", "-")}`;
}

/** The wizard's steps; what lies before can be gone back to, and loses nothing. */
export function WizardSteps({ here, draft }: { here: WizardStep; draft?: DraftView }) {
  const steps = stepsOf(draft);
  const place = steps.findIndex(({ step }) => step === here);
  return (
    <nav aria-label="Steps" className="mb-5">
      <ol className="-ms-2 flex flex-wrap gap-1 text-sm">
        {steps.map(({ step, label, href }, index) => (
          <li key={step} className="flex items-center">
            <StepMark
              number={index + 1}
              label={label}
              href={index === place ? undefined : href}
              state={index === place ? "here" : index < place ? "done" : "ahead"}
            />
          </li>
        ))}
      </ol>
    </nav>
  );
}

function stepsOf(
  draft: DraftView | undefined,
): { step: WizardStep; label: string; href?: string }[] {
  const at = (step: string) => draft && `/registrations/new/${draft.id}/${step}`;
  const isRegistered = draft?.values.registrationId !== undefined;
  const way = draft && WAYS.find((candidate) => candidate === (draft.values.way ?? draft.step));
  const isTool = way === "tool";
  return [
    { step: "platform", label: "Platform", href: at("platform") },
    { step: "way", label: "Way", href: at("way") },
    {
      step: "exchange",
      label: isTool ? "The tool’s values" : "Exchange values",
      href: way && at(way.replace("_", "-")),
    },
    ...(isTool
      ? [
          {
            step: "key" as const,
            label: "The tool’s key",
            href: isRegistered ? at("key") : undefined,
          },
        ]
      : []),
    { step: "test", label: "Connection test", href: isRegistered ? at("test") : undefined },
    {
      step: "launch",
      label: isTool ? "The tool’s launches" : "First launch",
      href: isRegistered ? at("launch") : undefined,
    },
  ];
}

const WAYS = ["tool", "dynamic", "json", "by_hand"] as const;

type Mark = { number: number; label: string; href?: string; state: "done" | "here" | "ahead" };

function StepMark({ number, label, href, state }: Mark) {
  const shown = (
    <>
      <span
        aria-hidden
        className={cn(
          "grid size-5 shrink-0 place-items-center rounded-full border text-xs tabular-nums",
          state === "here"
            ? "border-transparent bg-accent text-on-accent"
            : state === "done" && "border-ok-line bg-ok-soft text-ok",
        )}
      >
        {state === "done" ? <Check className="size-3" /> : number}
      </span>
      {label}
      {state === "done" && <span className="sr-only">, done</span>}
    </>
  );
  const look = cn(
    "flex min-h-7 items-center gap-1.5 rounded-md px-2",
    state === "here" ? "font-semibold text-ink" : "text-muted",
  );
  if (!href) {
    return (
      <span className={look} aria-current={state === "here" ? "step" : undefined}>
        {shown}
      </span>
    );
  }
  return (
    <Link href={href} className={cn(look, "hover:bg-hover hover:text-ink")}>
      {shown}
    </Link>
  );
}
