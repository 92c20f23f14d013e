import type { FaultInput, PlatformClient } from "#tests/support/platform/index.ts";
import { startWorkerProcess, type WorkerProcess } from "#tests/support/worker-processes.ts";
import type { ChaosDatabase } from "./own-server.ts";
import { pick } from "./random.ts";

/** Faults that pass by themselves after a few requests. */
const PASSING: readonly FaultInput[] = [
  { kind: "error_page", status: 500, route: "scores", times: 3 },
  { kind: "error_page", status: 503, route: "scores", times: 4 },
  { kind: "error_after", status: 502, route: "scores", times: 3 },
  { kind: "cut", when: "before", route: "scores", times: 3 },
  { kind: "cut", when: "after", route: "scores", times: 3 },
  { kind: "cut", when: "after", route: "results", times: 2 },
  { kind: "rate_limited", route: "scores", times: 3, retryAfterSec: 1 },
  { kind: "rate_limited", route: "token", times: 1, retryAfterSec: 1 },
  { kind: "token_lifetime", seconds: 2, times: 3 },
  { kind: "token_dies_after_uses", uses: 5, times: 1 },
  { kind: "error_page", status: 500, route: "memberships", times: 2 },
];

/** Seconds by which a clock goes wrong: too far ahead for a platform, a little, and behind. */
const CLOCK_STEPS_S: readonly number[] = [-300, -45, -5, 3, 45, 300];

type Blow = "fault" | "revoke" | "kill" | "terminate" | "clock" | "database";
const BLOWS: readonly Blow[] = [
  ...(["fault", "fault", "fault", "revoke"] as const),
  ...(["kill", "kill", "terminate", "clock", "clock"] as const),
];

/** Everything that goes wrong, one thing after the other, as the random numbers say. */
export class Blows {
  readonly counts: Record<Blow, number> = {
    fault: 0,
    revoke: 0,
    kill: 0,
    terminate: 0,
    clock: 0,
    database: 0,
  };

  private constructor(
    private readonly database: ChaosDatabase,
    private readonly platform: PlatformClient,
    private readonly random: () => number,
    private readonly workers: WorkerProcess[],
  ) {}

  static async begin(
    database: ChaosDatabase,
    platform: PlatformClient,
    random: () => number,
  ): Promise<Blows> {
    const workers: WorkerProcess[] = [];
    for (let index = 0; index < 3; index++) workers.push(await startWorker(database));
    return new Blows(database, platform, random, workers);
  }

  async strike(): Promise<void> {
    const blow = pick(this.random, BLOWS);
    this.counts[blow] += 1;
    if (blow === "fault") await this.platform.misbehave(pick(this.random, PASSING));
    else if (blow === "revoke") await this.platform.revokeTokens({});
    else if (blow === "clock")
      pick(this.random, this.workers).setClock(pick(this.random, CLOCK_STEPS_S) * 1_000);
    else await this.#replaceWorker(blow === "kill" ? "kill" : "terminate");
  }

  async strikeDatabase(): Promise<void> {
    this.counts.database += 1;
    await this.database.strike();
  }

  /** Everything behaves again, and clocks are right; the workers go on. */
  async cease(): Promise<void> {
    for (const worker of this.workers) worker.setClock(0);
    await this.platform.behave({});
  }

  /** Workers that nobody stopped are there still, whatever happened to their database. */
  get areAllAlive(): boolean {
    return this.workers.every(({ isAlive }) => isAlive);
  }

  async end(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }

  async #replaceWorker(how: "kill" | "terminate"): Promise<void> {
    const index = Math.floor(this.random() * this.workers.length);
    await this.workers[index]![how]();
    this.workers[index] = await startWorker(this.database);
  }
}

function startWorker(database: ChaosDatabase): Promise<WorkerProcess> {
  return startWorkerProcess(database, { canStepClock: true });
}
