"use client";

import { useLiveResource } from "#components/live/use-live-resource.ts";
import type { RunDetail } from "#lib/operations/runs/schema.ts";
import { isActive } from "./run-words.ts";

/** The run of the page, kept current. */
export function useRun(runId: string) {
  return useLiveResource<RunDetail>(`/api/v1/runs/${runId}`, {}, isActive);
}
