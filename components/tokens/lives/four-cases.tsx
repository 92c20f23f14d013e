import { CornerDownRight, Layers, Repeat, Users, type LucideIcon } from "lucide-react";
import { TOKEN_CASE_WORDS } from "#components/runs/run-words.ts";
import { Card } from "#components/ui/card.tsx";
import { cn } from "#components/ui/cn.ts";
import { plural } from "#lib/format.ts";
import type { TokenCase } from "#lib/operations/runs/schema.ts";
import type { TokenView } from "#lib/operations/tokens/schema.ts";

const ICONS: Record<TokenCase, LucideIcon> = {
  single_call: CornerDownRight,
  long_job: Repeat,
  many_courses: Layers,
  shared_cache: Users,
};

/** The four ways a run can come by its token, and which of them happened in the last day. */
export function FourCases({ tokens }: { tokens: TokenView[] }) {
  const cases = Object.entries(TOKEN_CASE_WORDS) as [TokenCase, { short: string; long: string }][];
  return (
    <Card aria-labelledby="cases">
      <h2 id="cases" className="sr-only">
        How runs came by their token in the last 24 hours
      </h2>
      <ul className="grid gap-px overflow-hidden rounded-lg bg-line sm:grid-cols-2 xl:grid-cols-4">
        {cases.map(([name, words]) => {
          const runs = tokens.reduce((sum, token) => sum + token.cases[name], 0);
          const Icon = ICONS[name];
          return (
            <li key={name} className="space-y-1 bg-surface p-4">
              <p className="flex items-center gap-2 text-sm font-semibold">
                <Icon
                  aria-hidden
                  className={cn("size-4", runs > 0 ? "text-accent" : "text-faint")}
                />
                {words.short}
                <span
                  className={cn(
                    "ms-auto text-xs font-medium tabular-nums",
                    runs > 0 ? "text-accent" : "text-muted",
                  )}
                >
                  {plural(runs, "run")} in 24 h
                </span>
              </p>
              <p className="text-xs text-muted">{words.long}</p>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
