import { CircleCheck, CircleDashed, CircleX, type LucideIcon } from "lucide-react";
import { cn } from "#components/ui/cn.ts";
import { TONE_TEXT, type Tone } from "#components/ui/status.tsx";
import { Tooltip } from "#components/ui/tooltip.tsx";
import type { ScopeGrant } from "#lib/operations/tokens/schema.ts";

const SHOWN: Record<ScopeGrant["state"], { icon: LucideIcon; tone: Tone; word: string }> = {
  granted: { icon: CircleCheck, tone: "ok", word: "granted" },
  missing: { icon: CircleX, tone: "bad", word: "asked for, not granted" },
  not_requested: { icon: CircleDashed, tone: "idle", word: "not asked for yet" },
};

/** What was asked for and what came of it, by short name; the full URI on hover and focus. */
export function TokenScopes({ scopes }: { scopes: ScopeGrant[] }) {
  if (scopes.length === 0)
    return <p className="text-sm text-muted">No course of it uses any service yet.</p>;
  return (
    <ul className="space-y-1.5">
      {scopes.map((scope) => (
        <Scope key={scope.scope} scope={scope} />
      ))}
    </ul>
  );
}

function Scope({ scope }: { scope: ScopeGrant }) {
  const { icon: Icon, tone, word } = SHOWN[scope.state];
  return (
    <li className="flex items-start gap-2 text-sm">
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", TONE_TEXT[tone])} />
      <div className="min-w-0">
        <Tooltip text={<code className="font-mono break-all">{scope.scope}</code>}>
          <button
            type="button"
            className="cursor-help rounded font-mono text-xs leading-5 font-medium decoration-dotted underline-offset-4 hover:underline"
          >
            {scope.shortName}
          </button>
        </Tooltip>
        <span className={cn("ms-2 text-xs", scope.state === "missing" ? "text-bad" : "text-muted")}>
          {word}
        </span>
        {scope.breaks && (
          <p className="text-xs font-medium text-bad first-letter:uppercase">{scope.breaks}</p>
        )}
      </div>
    </li>
  );
}
