import type { RunStarted } from "#lib/operations/runs/schema.ts";
import type { Entry } from "./results/entries.ts";

type Started = { path: string; problem?: undefined } | { problem: string };

/** Starts a sync by the API, as a script would, and says where its run is. */
export async function startSync(start: NonNullable<Entry["start"]>): Promise<Started> {
  const response = await fetch("/api/v1/runs", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(start),
  }).catch(() => null);
  if (!response) return { problem: "The server cannot be reached." };
  const body = (await response.json().catch(() => ({}))) as Partial<RunStarted> & {
    detail?: string;
  };
  if (body.run) return { path: `/runs/${body.run.id}` };
  return { problem: body.detail ?? `The server answered ${response.status}.` };
}
