import { cn } from "#components/ui/cn.ts";
import { TONE_FILL } from "#components/ui/text/status.tsx";
import { TOKEN_STATES } from "#components/states/tables/keys.ts";
import type { TokenState } from "#lib/operations/registrations/schema.ts";
import type { TokenSummary } from "#lib/operations/tokens/schema.ts";

/**
 * What is left of a token's life; the mark stands where it is replaced. The numbers beside it say
 * the same: a bar that announced itself each second would only disturb.
 */
export function LifeBar(props: {
  token: TokenSummary;
  state: TokenState;
  leftMs: number;
  className?: string;
}) {
  const lifeMs = (props.token.lifetimeSeconds ?? 0) * 1000;
  const share = lifeMs === 0 ? 0 : Math.min(1, props.leftMs / lifeMs);
  return (
    <div
      aria-hidden
      className={cn("relative h-2 overflow-hidden rounded-full bg-line", props.className)}
    >
      <span
        className={cn(
          "absolute inset-y-0 start-0 rounded-full transition-[width] duration-1000 ease-linear",
          TONE_FILL[TOKEN_STATES[props.state].tone],
        )}
        style={{ width: `${share * 100}%` }}
      />
      <SafetyMark token={props.token} lifeMs={lifeMs} />
    </div>
  );
}

/** The last stretch of the bar: a token within it is replaced before it is used again. */
function SafetyMark({ token, lifeMs }: { token: TokenSummary; lifeMs: number }) {
  if (token.refreshFrom === null || token.expiresAt === null || lifeMs === 0) return null;
  const safetyMs = Date.parse(token.expiresAt) - Date.parse(token.refreshFrom);
  return (
    <span
      className="absolute inset-y-0 w-0.5 bg-surface"
      style={{ insetInlineStart: `${Math.min(100, (100 * safetyMs) / lifeMs)}%` }}
    />
  );
}
