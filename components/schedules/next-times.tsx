"use client";

import { useEffect, useRef, useState } from "react";
import { ApiProblem } from "#components/live/answer.ts";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { cn } from "#components/ui/cn.ts";
import { OTHER } from "./cron-words.ts";

const SETTLE_MS = 300;

type Typed = { cron: string; timeZone: string; blackouts: string };

/** The next ten times of what is typed into the form around it, or why it would never start. */
export function NextTimes({ initial }: { initial: Typed }) {
  const place = useRef<HTMLElement>(null);
  const [typed, setTyped] = useState(initial);
  useEffect(() => {
    const form = place.current?.closest("form");
    if (!form) return;
    let timer: ReturnType<typeof setTimeout>;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setTyped(typedIn(form)), SETTLE_MS);
    };
    // What adds or removes a blackout is a click, and changes the form without an input.
    const events = ["input", "change", "click"] as const;
    for (const event of events) form.addEventListener(event, later);
    later();
    return () => {
      clearTimeout(timer);
      for (const event of events) form.removeEventListener(event, later);
    };
  }, []);
  const { data, error } = useRead(reads.schedulePreview(typed));
  return (
    <section ref={place} aria-labelledby="next-times" className="space-y-1.5">
      <h2 id="next-times" className="text-sm font-medium">
        Next times
      </h2>
      <div aria-live="polite" className="text-sm">
        {error ? (
          <p className="text-bad first-letter:uppercase">
            {(error instanceof ApiProblem && error.reasons.join("; ")) || error.message}
          </p>
        ) : (
          <ol className="grid gap-x-6 gap-y-0.5 tabular-nums sm:grid-cols-2">
            {data?.nextTimes.map(({ at, local, isBlackedOut }) => (
              <li key={at} className={cn(isBlackedOut && "text-muted")}>
                {isBlackedOut ? <s>{local}</s> : local}
                {isBlackedOut && " in a blackout"}
              </li>
            ))}
          </ol>
        )}
      </div>
    </section>
  );
}

function typedIn(form: HTMLFormElement): Typed {
  const typed = new FormData(form);
  const text = (name: string) => String(typed.get(name) ?? "");
  const blackouts = [...typed.entries()]
    .filter(([name, value]) => /^blackouts\[\d+\]$/.test(name) && value !== "")
    .map(([, value]) => String(value));
  const preset = text("preset");
  return {
    cron: preset === OTHER ? text("cron") || " " : preset,
    timeZone: text("timeZone"),
    blackouts: blackouts.join("; "),
  };
}
