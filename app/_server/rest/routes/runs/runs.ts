import * as runs from "#lib/operations/runs/runs.ts";
import {
  OutcomeFilter,
  OutcomePage,
  RunDetail,
  RunFilter,
  RunPage,
  RunStart,
  RunStarted,
  RunView,
} from "#lib/operations/runs/schema.ts";
import { defineRoute } from "../../route.ts";

const tag = "Runs";

export const runRoutes = [
  defineRoute("GET", "/runs", {
    id: "listRuns",
    tag,
    summary: "List runs, newest first",
    query: RunFilter,
    result: RunPage,
    operate: runs.listRuns,
  }),
  defineRoute("POST", "/runs", {
    id: "startRun",
    tag,
    summary: "Start a sync",
    description:
      "Answers at once with the run. Where the same sync is under way already, it is that run.",
    body: RunStart,
    example: { kind: "roster_sync", registrationId: "01939f2e-7b5a-7c4e-9a55-0d0f9d1a8a11" },
    status: 202,
    result: RunStarted,
    location: ({ run }) => `/runs/${run.id}`,
    operate: runs.startRun,
  }),
  defineRoute("GET", "/runs/{runId}", {
    id: "getRun",
    tag,
    summary: "Read a run with its parts and latest events",
    result: RunDetail,
    operate: runs.getRun,
  }),
  defineRoute("POST", "/runs/{runId}/cancel", {
    id: "cancelRun",
    tag,
    summary: "Cancel a run",
    description: "One that runs stops after the calls in flight; what was accepted stays.",
    status: 202,
    result: RunView,
    operate: runs.cancelRun,
  }),
  defineRoute("POST", "/runs/{runId}/retry", {
    id: "retryRun",
    tag,
    summary: "Start a new run over what failed in a finished one",
    status: 202,
    result: RunStarted,
    location: ({ run }) => `/runs/${run.id}`,
    operate: runs.retryRun,
  }),
  defineRoute("GET", "/runs/{runId}/outcomes", {
    id: "listOutcomes",
    tag,
    summary: "List what became of each score in a grade sync",
    query: OutcomeFilter,
    result: OutcomePage,
    operate: runs.listOutcomes,
  }),
];
