import { createSealer, type Sealer } from "#lib/auth/secrets/seal.ts";
import { transaction, type Database } from "#lib/db/client.ts";
import type { Course, LineItem, Registration, Run } from "#lib/db/generated/client.ts";
import type { RunKind } from "#lib/db/generated/enums.ts";
import { publishedJwks } from "#lib/db/keys/signing-keys.ts";
import { createPlatformFetch, type Clock } from "#lib/lti/index.ts";
import { ensureSigningKey, isFinished, startEngine, type Engine } from "#lib/sync/index.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";
import type { PlatformClient } from "./platform/index.ts";
import { GROUPS_SCOPE } from "./platform/wire.ts";

export const TEST_SECRET = "a secret of the tests, long enough for the sealer";

/** An engine on a database of its own, with errors kept instead of logged. */
export type Installation = {
  db: Database;
  database: TestDatabase;
  engine: Engine;
  sealer: Sealer;
  /** What the engine reported as unexpected; a test that expects none checks it. */
  errors: unknown[];
  stop(): Promise<void>;
};

export async function startInstallation(
  options: { now?: Clock; concurrency?: number; isWorker?: boolean; database?: TestDatabase } = {},
): Promise<Installation> {
  const database = options.database ?? (await createTestDatabase({ maxConnections: 20 }));
  const { db } = database;
  const sealer = createSealer(TEST_SECRET);
  const platformFetch = createPlatformFetch({ allowPrivateNetwork: true });
  const errors: unknown[] = [];
  await ensureSigningKey(db, sealer);
  const engine = await startEngine({
    db,
    databaseUrl: database.url,
    sealer,
    lti: { fetch: platformFetch, now: options.now, userAgent: "Rollbook tests" },
    allowPrivateNetwork: true,
    concurrency: options.concurrency,
    onError: (error) => errors.push(error),
  });
  if (options.isWorker ?? true) await engine.startWorker();
  return {
    db,
    database,
    engine,
    sealer,
    errors,
    async stop() {
      await engine.stop();
      await platformFetch.close();
      await database.drop();
    },
  };
}

/** Registers the installation on a platform, as an admin would on both sides. */
export async function register(
  { db }: Pick<Installation, "db">,
  platform: PlatformClient,
  given: { allowedScopes?: string[]; profile?: string; name?: string } = {},
): Promise<Registration> {
  const keys = await publishedJwks(db);
  const name = `tool-${crypto.randomUUID().slice(0, 8)}`;
  const { jwksUrl } = await platform.hostToolJwks({ name, jwks: { keys } });
  const { allowedScopes } = given;
  const granted = await platform.addRegistration({
    clientId: name,
    jwksUrl,
    ...(allowedScopes && { allowedScopes }),
  });
  return db.prisma.registration.create({
    data: {
      name: given.name ?? "State University",
      issuer: granted.issuer,
      clientId: granted.clientId,
      tokenEndpoint: granted.tokenEndpoint,
      authorizationEndpoint: granted.authorizationEndpoint,
      jwksUrl: granted.jwksUrl,
      profile: given.profile ?? "other",
      deployments: { create: { deploymentId: "1" } },
    },
  });
}

export type AddedCourse = { course: Course; contextId: string; lineItems: LineItem[] };

/** Makes a course on the platform and stores it, as a launch would have brought it. */
export async function addCourse(
  { db }: Pick<Installation, "db">,
  platform: PlatformClient,
  registration: Registration,
  given: Parameters<PlatformClient["addCourse"]>[0] & { announced?: string[] } = {},
): Promise<AddedCourse> {
  const { announced, ...onPlatform } = given;
  const made = await platform.addCourse(onPlatform);
  const deployment = await db.prisma.deployment.findFirstOrThrow({
    where: { registrationId: registration.id },
  });
  const course = await db.prisma.course.create({
    data: {
      registrationId: registration.id,
      deploymentId: deployment.id,
      contextId: made.contextId,
      title: given.title ?? made.contextId,
      membershipsUrl: made.membershipsUrl,
      lineItemsUrl: made.lineItemsUrl,
      ...((announced ?? made.scopes).includes(GROUPS_SCOPE) && {
        groupsUrl: made.groupsUrl,
        groupSetsUrl: made.groupSetsUrl,
      }),
      scopes: announced ?? made.scopes,
      lineItems: {
        create: made.lineItems.map(({ url, label, scoreMaximum }) => ({
          url,
          label,
          scoreMaximum,
        })),
      },
    },
    include: { lineItems: true },
  });
  return { course, contextId: made.contextId, lineItems: course.lineItems };
}

/** Wants a score for each user; `scoreGiven` defaults to the user's position. */
export async function wantScores(
  { db }: Pick<Installation, "db">,
  lineItem: LineItem,
  userIds: string[],
  scoreGiven: (index: number) => number = (index) => index % 100,
): Promise<void> {
  await db.prisma.score.createMany({
    data: userIds.map((userId, index) => ({
      lineItemId: lineItem.id,
      userId,
      scoreGiven: scoreGiven(index),
      scoreMaximum: 100,
      activityProgress: "Completed",
      gradingProgress: "FullyGraded",
      timestamp: new Date(),
    })),
  });
}

export async function startRun(
  { db, engine }: Pick<Installation, "db" | "engine">,
  kind: RunKind,
  target: { registrationId: string; courseId?: string; retryOfId?: string },
): Promise<Run> {
  const { run } = await transaction(db, (tx) =>
    engine.enqueueRun(tx, {
      kind,
      registrationId: target.registrationId,
      courseId: target.courseId ?? null,
      retryOfId: target.retryOfId ?? null,
      trigger: "operator",
      startedBy: "Ada Operator",
    }),
  );
  return run;
}

/** Waits for a run to end; the wait itself is bounded by the test's own time limit. */
export async function finished({ db }: Pick<Installation, "db">, runId: string): Promise<Run> {
  for (;;) {
    const run = await db.prisma.run.findUniqueOrThrow({ where: { id: runId } });
    if (isFinished(run.state)) return run;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
