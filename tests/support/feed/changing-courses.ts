import type { Database } from "#lib/db/client.ts";
import type { Registration } from "#lib/db/generated/client.ts";
import { addCourse, finished, type AddedCourse } from "#tests/support/installation.ts";
import type { PlatformClient } from "#tests/support/platform/index.ts";

export type Changing = {
  db: Database;
  platform: PlatformClient;
  registration: Registration;
  /** The installation's API. */
  rollbookUrl: string;
  apiKey: string;
};

type Size = { courses: number; members: number; rounds: number };

/** Of the learners, every so many: changed, and gone in one round and back in the next. */
const CHANGED_EVERY = 3;
const GONE_EVERY = 25;

/**
 * Courses with their first rosters, whose people change, go and come back in each round, and whose
 * learners get a grade in each: by syncs against the platform, as it happens in life.
 */
export async function changeCourses(changing: Changing, size: Size): Promise<void> {
  const { db, platform, registration } = changing;
  const courses: AddedCourse[] = [];
  for (let index = 0; index < size.courses; index++) {
    const given = { members: size.members, firstPerson: index * size.members, lineItems: 1 };
    courses.push(await addCourse({ db }, platform, registration, given));
  }
  await syncRosters(changing);
  for (let round = 1; round <= size.rounds; round++) {
    for (const course of courses) await changePeople(changing, course, round);
    await syncRosters(changing);
    for (const course of courses) await gradeAll(changing, course, round);
    const runs = courses.map(({ course }) => syncGrades(changing, course.id));
    await Promise.all(runs);
  }
}

async function changePeople({ platform }: Changing, { contextId }: AddedCourse, round: number) {
  const people = await platform.rosterOf({ contextId, role: "Learner" });
  const gone = people.filter((_, index) => index % GONE_EVERY === 1);
  await platform.changeRoster({
    contextId,
    update: people
      .filter((_, index) => index % CHANGED_EVERY === 0)
      .map(({ userId }) => ({ userId, email: `${userId}-${round}@example.edu` })),
    ...(round % 2 === 1
      ? { remove: gone.map(({ userId }) => userId) }
      : { add: backAgain.get(contextId) ?? [] }),
  });
  if (round % 2 === 1) backAgain.set(contextId, gone);
}

/** Who went in the round before, by context. */
const backAgain = new Map<string, Awaited<ReturnType<PlatformClient["rosterOf"]>>>();

async function gradeAll(changing: Changing, course: AddedCourse, round: number): Promise<void> {
  const people = await changing.platform.rosterOf({ contextId: course.contextId, role: "Learner" });
  const scores = people.map(({ userId }, index) => ({ userId, scoreGiven: (index + round) % 100 }));
  await post(changing, `/line-items/${course.lineItems[0]!.id}/scores`, { scores });
}

const syncRosters = (changing: Changing) =>
  sync(changing, { kind: "roster_sync", registrationId: changing.registration.id });

const syncGrades = (changing: Changing, courseId: string) =>
  sync(changing, { kind: "grade_sync", courseId });

async function sync(
  changing: Changing,
  start: { kind: string; registrationId?: string; courseId?: string },
): Promise<void> {
  const { run } = (await post(changing, "/runs", start)) as { run: { id: string } };
  const { state, errorMessage } = await finished(changing, run.id);
  if (state !== "succeeded") throw new Error(`the ${start.kind} ${state}: ${errorMessage}`);
}

async function post({ rollbookUrl, apiKey }: Changing, path: string, body: object) {
  const response = await fetch(`${rollbookUrl}/api/v1${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}
