import { expect, test } from "vitest";
import { createDb } from "#lib/db/client.ts";
import { createPlatformFetch, type Fetch } from "#lib/lti/index.ts";
import { pushScores } from "#lib/operations/scores/push/push-scores.ts";
import { startEngine } from "#lib/sync/index.ts";
import { startDatabaseProxy } from "#tests/support/database-proxy.ts";
import { gradedCourse, startGradeSync, until, valuesOn } from "#tests/support/grading.ts";
import { finished } from "#tests/support/installation.ts";
import { operatorOf } from "#tests/support/rosters.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform } = useInstallation({ isWorker: false });

type Post = { beganMs: number; endedMs?: number };

/** A worker behind a way to the database that can be blocked, and the posts that it makes. */
async function startCutOffWorker() {
  const proxy = await startDatabaseProxy(installation.database.url);
  const db = createDb({ url: proxy.url, maxConnections: 20, checkRows: true });
  const platformFetch = createPlatformFetch({ allowPrivateNetwork: true });
  const posts: Post[] = [];
  const fetch: Fetch = async (url, init) => {
    if (!url.endsWith("/scores")) return platformFetch(url, init);
    const post: Post = { beganMs: Date.now() };
    posts.push(post);
    return platformFetch(url, init).finally(() => (post.endedMs = Date.now()));
  };
  const engine = await startEngine({
    db,
    databaseUrl: proxy.url,
    sealer: installation.sealer,
    lti: { fetch, userAgent: "Rollbook tests" },
    allowPrivateNetwork: true,
    onError: () => undefined,
  });
  await engine.startWorker();
  return {
    posts,
    block: () => proxy.block(),
    async stop() {
      await proxy.close();
      await engine.stop();
      await platformFetch.close();
      await db.close();
    },
  };
}

test(
  "a worker cut off from the database is silent before another sends the same scores",
  { timeout: 120_000 },
  async () => {
    const made = await gradedCourse(installation, platform, { scores: 4 });
    const { clientId } = made.registration;
    const cutOff = await startCutOffWorker();
    const { id: slowId } = await platform.misbehave({
      kind: "delay",
      ms: 60_000,
      route: "scores",
      clientId,
    });
    const { id: runId } = await startGradeSync(installation, made);
    await until(async () => cutOff.posts.length === 4);
    await new Promise((resolve) => setTimeout(resolve, 500));
    cutOff.block();
    const blockedMs = Date.now();
    await platform.behave({ id: slowId });
    const score = { userId: made.userIds[0]!, scoreGiven: 91 };
    const graded = { activityProgress: "Completed", gradingProgress: "FullyGraded" } as const;
    await pushScores(operatorOf(installation), {
      lineItemId: made.lineItem.id,
      scores: [{ ...score, ...graded }],
      send: true,
    });
    await installation.engine.startWorker();
    expect(await finished(installation, runId)).toMatchObject({ state: "succeeded" });

    const heirs = (await platform.requests({ clientId, route: "scores" }))
      .map(({ at }) => Date.parse(at))
      .filter((at) => at > blockedMs);
    const ends = cutOff.posts.map(({ endedMs }) => endedMs ?? Infinity);
    expect(Math.max(...ends)).toBeLessThan(Math.min(...heirs));
    // Its own deadline for an answer would have been 15 s.
    expect(Math.max(...ends) - blockedMs).toBeLessThan(9_500);
    expect((await valuesOn(platform, made.lineItem)).get(score.userId)).toBe(91);
    await cutOff.stop();
  },
);
