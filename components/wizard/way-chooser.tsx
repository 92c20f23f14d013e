"use client";

import { Blocks, Braces, Link2, PencilLine, type LucideIcon } from "lucide-react";
import type { FormAction } from "#components/forms/form-state.ts";
import { useAct } from "#components/forms/use-act.ts";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { guideFor, type PlatformGuide } from "#lib/platforms/index.ts";
import { Badge } from "#components/ui/text/badge.tsx";
import { Card } from "#components/ui/boxes/card.tsx";
import type { DraftView, DraftWay } from "#lib/operations/registrations/drafts-schema.ts";

type Way = { way: DraftWay; icon: LucideIcon; title: string; says: string; act: string };

/** The tool that exists first, then the ways this LMS offers, the shortest first. Choosing one keeps it in the draft. */
export function WayChooser({ draft, choose }: { draft: DraftView; choose: FormAction }) {
  const [state, submit] = useAct(choose);
  const ways = waysOf(guideFor(draft.profile));
  return (
    <div className="space-y-3">
      {state.status === "error" && (
        <p role="alert" className="text-sm text-bad first-letter:uppercase">
          {state.message}
        </p>
      )}
      <ul className="grid max-w-4xl gap-3">
        {ways.map(({ way, icon: Icon, title, says, act }, index) => (
          <li key={way}>
            <Card className="flex flex-wrap items-center gap-4 p-4">
              <Icon aria-hidden className="size-5 shrink-0 text-muted" />
              <div className="min-w-0 flex-1 basis-64">
                <h2 className="flex flex-wrap items-center gap-2 text-base font-semibold">
                  {title}
                  {index === 1 && ways.length > 2 && <Badge>Shortest without one</Badge>}
                  {draft.values.way === way && <Badge>Chosen before</Badge>}
                </h2>
                <p className="text-sm text-muted">{says}</p>
              </div>
              <form action={submit}>
                <input type="hidden" name="draftId" value={draft.id} />
                <input type="hidden" name="way" value={way} />
                <SubmitButton look={index === 1 ? "primary" : "secondary"}>{act}</SubmitButton>
              </form>
            </Card>
          </li>
        ))}
      </ul>
    </div>
  );
}

function waysOf({ profile, name, dynamic }: PlatformGuide): Way[] {
  const lms = profile === "other" ? "The LMS" : name;
  return [
    {
      way: "tool",
      icon: Blocks,
      title: "I have a tool already",
      says: `It keeps its client ID, its launches and its columns in ${profile === "other" ? "the LMS" : name}; Rollbook stands behind it. Three steps: its values, its key, one line in its launch handler.`,
      act: "Use my tool",
    },
    ...(dynamic
      ? [
          {
            way: "dynamic" as const,
            icon: Link2,
            title: "Dynamic Registration",
            says: `${lms} takes one address, and both sides fill themselves in. You approve the result here.`,
            act: "Use Dynamic Registration",
          },
        ]
      : []),
    ...(profile === "canvas"
      ? [
          {
            way: "json" as const,
            icon: Braces,
            title: "Paste JSON",
            says: "Canvas takes one configuration for its developer key, and you paste back two IDs.",
            act: "Paste JSON",
          },
        ]
      : []),
    {
      way: "by_hand",
      icon: PencilLine,
      title: "By hand",
      says: `Copy each value to ${profile === "other" ? "the LMS" : name}, and its values back. Works with every version.`,
      act: "Go by hand",
    },
  ];
}
