import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { finished, startRun } from "#tests/support/installation.ts";
import { oneCourse, type StoredCourse } from "#tests/support/rosters.ts";
import { startWorkerProcess } from "#tests/support/worker-processes.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const MEMBERS = 100_000;
const MOST_MORE_MB = 60;

const { installation, platform } = useInstallation({ isWorker: false });

test.runIf(process.platform === "linux")(
  "a worker reads 100,000 members, twice, within 60 MB of what 5,000 took",
  async () => {
    const small = await oneCourse(installation, platform, { members: 5_000 });
    const large = await oneCourse(installation, platform, { members: MEMBERS });
    await platform.misbehave({ kind: "no_differences" });
    const worker = await startWorkerProcess(installation.database);
    await sync(small);
    const beforeMb = memoryMb(worker.pid, "VmRSS");

    expect(await sync(large)).toMatchObject({ state: "succeeded", membersAdded: MEMBERS });
    expect(await sync(large)).toMatchObject({ membersSeen: MEMBERS, membersAdded: 0 });

    expect(memoryMb(worker.pid, "VmHWM") - beforeMb).toBeLessThanOrEqual(MOST_MORE_MB);
    await worker.terminate();
  },
  240_000,
);

async function sync({ registrationId, course }: StoredCourse) {
  const target = { registrationId, courseId: course.id };
  return finished(installation, (await startRun(installation, "roster_sync", target)).id);
}

function memoryMb(pid: number, what: "VmRSS" | "VmHWM"): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(new RegExp(`${what}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1_024;
}
