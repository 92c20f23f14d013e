import { HEARTBEAT_REFRESH_SECONDS, SCHEDULE_QUEUE, type QueueParts } from "./queues.ts";

export type QueueSchedule = { id: string; cron: string; timeZone: string };
type ScheduleJob = { scheduleId: string };

export async function alignSchedules(
  { boss }: QueueParts,
  wanted: () => Promise<readonly QueueSchedule[]>,
): Promise<void> {
  const present = await boss.getSchedules(SCHEDULE_QUEUE);
  const stored = new Map(present.map(({ key, cron, timezone }) => [key, `${cron} ${timezone}`]));
  // Read last, so that a schedule which another process has just added is among them.
  for (const { id, cron, timeZone } of await wanted()) {
    if (stored.get(id) !== `${cron} ${timeZone}`) {
      const job: ScheduleJob = { scheduleId: id };
      // What came due while nothing ran is made up for once, by the latest of it.
      await boss.schedule(SCHEDULE_QUEUE, cron, job, { tz: timeZone, key: id, missed: "once" });
    }
    stored.delete(id);
  }
  for (const key of stored.keys()) await boss.unschedule(SCHEDULE_QUEUE, key);
}

export async function workSchedules(
  { boss }: QueueParts,
  fire: (scheduleId: string, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const options = {
    heartbeatRefreshSeconds: HEARTBEAT_REFRESH_SECONDS,
    pollingIntervalSeconds: 2,
  };
  await boss.work<ScheduleJob>(SCHEDULE_QUEUE, options, async ([job]) => {
    if (job) await fire(job.data.scheduleId, job.signal);
  });
}
