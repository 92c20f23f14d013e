"use client";

import { Pause, Radio, RefreshCw } from "lucide-react";
import { formatClock } from "#lib/format.ts";
import { cn } from "#components/ui/cn.ts";
import { useLive } from "./live-provider.tsx";

/** Stops and resumes everything on the page that moves by itself. */
export function LiveSwitch() {
  const { isPaused, setPaused, connection, lostAt } = useLive();
  const state = isPaused ? "paused" : connection;
  const {
    icon: Icon,
    text,
    colour,
  } = {
    paused: { icon: Pause, text: "Paused", colour: "text-warn" },
    open: { icon: Radio, text: "Live", colour: "text-ok" },
    connecting: { icon: RefreshCw, text: "Connecting", colour: "text-muted" },
    lost: { icon: RefreshCw, text: "Polling", colour: "text-warn" },
  }[state];
  const hint =
    state === "lost" && lostAt
      ? `Live updates lost at ${formatClock(lostAt)}; asking every few seconds instead`
      : undefined;
  return (
    <button
      type="button"
      role="switch"
      aria-checked={!isPaused}
      aria-label="Live updates"
      title={hint}
      onClick={() => setPaused(!isPaused)}
      className="flex h-8 w-full items-center gap-2 rounded-md px-2 text-sm font-medium hover:bg-hover"
    >
      <Icon aria-hidden className={cn("size-4", colour)} />
      <span className="flex-1 text-start">{text}</span>
      <span
        aria-hidden
        className={cn(
          "flex h-4 w-7 items-center rounded-full p-0.5 transition-colors",
          isPaused ? "bg-control" : "bg-accent",
        )}
      >
        <span
          className={cn(
            "size-3 rounded-full bg-surface transition-transform",
            !isPaused && "translate-x-3",
          )}
        />
      </span>
    </button>
  );
}
