"use client";

import { useClock } from "#components/live/time/clock.tsx";
import { ClockTime } from "#components/live/time/time.tsx";
import { cn } from "#components/ui/cn.ts";
import type { TokenRequestView } from "#lib/operations/tokens/schema.ts";

const STEP_MS = 5_000;

/**
 * The lives of the latest tokens on one line, each from its request to its end or its
 * replacement; requests that were turned down are marks. The table below says the same.
 */
export function TokenLives({ history }: { history: TokenRequestView[] }) {
  const nowMs = useClock((now) => Math.floor(now / STEP_MS) * STEP_MS);
  const oldest = history.at(-1);
  if (!oldest || history.length < 2) return null;
  const lives = livesOf(history);
  const startMs = Date.parse(oldest.at);
  const endMs = Math.max(nowMs, startMs + STEP_MS);
  const place = (ms: number) => (100 * (Math.min(ms, endMs) - startMs)) / (endMs - startMs);
  return (
    <div aria-hidden className="space-y-1">
      <p className="text-xs font-medium text-muted">Lives of the latest tokens</p>
      <div className="relative h-4 overflow-hidden rounded bg-sunken">
        {lives.map((life) => (
          <span
            key={life.id}
            className={cn(
              "absolute inset-y-0 border-s border-surface",
              life.isRefused ? "z-1 min-w-1 bg-bad-fill" : "min-w-0.5 bg-ok-fill",
            )}
            style={{
              insetInlineStart: `${place(life.fromMs)}%`,
              width: `${place(life.untilMs) - place(life.fromMs)}%`,
            }}
          />
        ))}
      </div>
      <p className="flex justify-between text-2xs text-faint">
        <ClockTime at={oldest.at} />
        <span>now</span>
      </p>
    </div>
  );
}

type Life = { id: string; fromMs: number; untilMs: number; isRefused: boolean };

/** A token lives until it expires, or until the next one replaces it. */
function livesOf(history: TokenRequestView[]): Life[] {
  return history.map((request, index) => {
    const fromMs = Date.parse(request.at);
    if (request.expiresAt === null)
      return { id: request.id, fromMs, untilMs: fromMs, isRefused: true };
    const next = history.slice(0, index).findLast(({ expiresAt }) => expiresAt !== null);
    const expiresMs = Date.parse(request.expiresAt);
    const untilMs = next ? Math.min(expiresMs, Date.parse(next.at)) : expiresMs;
    return { id: request.id, fromMs, untilMs, isRefused: false };
  });
}
