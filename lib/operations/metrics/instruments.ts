import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { EngineWatch } from "#lib/sync/index.ts";

/** What one process measures, and how its engine tells it. */
export type Metrics = { registry: Registry; watch: EngineWatch; gauges: Gauges };

export type Gauges = ReturnType<typeof createGauges>;

/** So many registrations have series of their own; calls of the others are counted together. */
const MOST_REGISTRATIONS = 200;

const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15];

/** Counters of this process, beside Node's own (event loop, memory, garbage collection). */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const calls = new Counter({
    name: "rollbook_platform_requests_total",
    help: "Requests to platforms by operation and outcome: the class of the status, or why there was no reply.",
    labelNames: ["registration", "operation", "outcome"],
    registers,
  });
  const durations = new Histogram({
    name: "rollbook_platform_request_seconds",
    help: "Time until the whole reply of a platform was read.",
    labelNames: ["operation"],
    buckets: SECONDS,
    registers,
  });
  const seconds = new Counter({
    name: "rollbook_platform_request_seconds_by_registration_total",
    help: "Time spent waiting for each platform; divided by its requests it is the mean latency.",
    labelNames: ["registration"],
    registers,
  });
  const tokens = new Counter({
    name: "rollbook_tokens_taken_total",
    help: "Access tokens given to jobs: from the cache, or requested just then.",
    labelNames: ["registration", "origin"],
    registers,
  });
  const ended = new Counter({
    name: "rollbook_runs_ended_total",
    help: "Runs that a worker of this process ended, by the code of their error.",
    labelNames: ["kind", "state", "cause"],
    registers,
  });
  const labelOf = boundedLabels(MOST_REGISTRATIONS);
  const watch: EngineWatch = {
    called({ registrationId, operation, ms, status, failure }) {
      const registration = labelOf(registrationId);
      const outcome = failure ?? statusClass(status);
      calls.inc({ registration, operation, outcome });
      durations.observe({ operation }, ms / 1_000);
      seconds.inc({ registration }, ms / 1_000);
    },
    tookToken: ({ registrationId, origin }) =>
      tokens.inc({ registration: labelOf(registrationId), origin }),
    ended: ({ kind, state, errorCode }) => ended.inc({ kind, state, cause: errorCode ?? "none" }),
  };
  return { registry, watch, gauges: createGauges(registry) };
}

/** Read when they are asked for. */
function createGauges(registry: Registry) {
  const registers = [registry];
  return {
    runs: new Gauge({
      name: "rollbook_runs",
      help: "Runs of the whole installation that are not finished.",
      labelNames: ["kind", "state"],
      registers,
    }),
    oldestRun: new Gauge({
      name: "rollbook_oldest_run_seconds",
      help: "Age of the oldest run of the whole installation in this state.",
      labelNames: ["kind", "state"],
      registers,
    }),
    workers: new Gauge({
      name: "rollbook_workers",
      help: "Workers of the whole installation that gave a sign of life within 30 seconds.",
      registers,
    }),
    connections: new Gauge({
      name: "rollbook_database_connections",
      help: "Connections of this process's pool; waiting: requests for one.",
      labelNames: ["state"],
      registers,
    }),
  };
}

/** The first so many values as they are, any other one as `other`. */
function boundedLabels(most: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.size < most) known.add(value);
    return known.has(value) ? value : "other";
  };
}

/** As in `4xx`; 429 by itself, since it says something else than a refusal. */
function statusClass(status: number | undefined): string {
  if (status === undefined) return "none";
  return status === 429 ? "429" : `${Math.floor(status / 100)}xx`;
}
