import { describe, expect, test } from "vitest";
import { getLaunchedCourse } from "#lib/operations/launches/record/launched-course.ts";
import { checkOwnGrades } from "#lib/operations/launches/learner/check-again.ts";
import { getOwnGrades } from "#lib/operations/launches/learner/own-grades.ts";
import { pauseCourse } from "#lib/operations/system/pauses.ts";
import { gradedCourse, startGradeSync } from "#tests/support/grading.ts";
import { finished, register } from "#tests/support/installation.ts";
import { callerOf, PUBLIC_URL } from "#tests/support/launching.ts";
import { launchThrough } from "#tests/support/launch-through.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform } = useInstallation();

/** A course with graded learners, each of whom can launch it. */
async function stage(scores = 3) {
  const registration = await register(installation, platform);
  const { clientId } = registration;
  const [known] = (await platform.registrations()).filter((each) => each.clientId === clientId);
  await platform.addRegistration({
    ...known!,
    loginUrl: `${PUBLIC_URL}/lti/login`,
    launchUrl: `${PUBLIC_URL}/lti/launch`,
  });
  const made = await gradedCourse(installation, platform, { scores, registration });
  const caller = callerOf(installation);
  const open = async (userId: string) => {
    const { contextId } = made;
    const launching = { caller, platform, registration };
    const outcome = await launchThrough(launching, { contextId, as: "learner", userId });
    if (outcome.kind !== "own_grades") throw new Error(outcome.kind);
    return outcome;
  };
  const sync = async () => finished(installation, (await startGradeSync(installation, made)).id);
  const runs = () =>
    installation.db.prisma.run.findMany({ where: { kind: "verify", courseId: made.course.id } });
  const later = (minutes: number) => ({
    ...caller,
    now: () => new Date(Date.now() + minutes * 60_000),
  });
  return { ...made, caller, open, sync, runs, later };
}

describe("a learner's page", () => {
  test("shows their own scores in plain words, from waiting to proven, and nobody else's", async () => {
    const { open, sync, runs, userIds, caller, lineItem } = await stage();
    const [mine, other] = userIds as [string, string, string];
    const { sessionToken, page } = await open(mine);
    expect(page.grades).toEqual([
      {
        column: lineItem.label,
        points: "0 of 100",
        state: "waiting",
        words: "Waits to be sent.",
        sentAt: null,
      },
    ]);
    await sync();
    const sent = await getOwnGrades(caller, { sessionToken });
    expect(sent.grades).toMatchObject([
      { state: "sent", words: "Sent, not checked yet.", sentAt: expect.any(String) },
    ]);
    expect((await checkOwnGrades(caller, { sessionToken })).answer).toBe("started");
    const [run] = await runs();
    expect(run).toMatchObject({ startedBy: "A learner, in the LMS" });
    await finished(installation, run!.id);
    const proven = await getOwnGrades(caller, { sessionToken });
    expect(proven.grades).toMatchObject([{ state: "proven", words: "The gradebook has it." }]);
    expect(proven.checkedAt).not.toBeNull();
    const theirs = await open(other);
    expect(theirs.page.grades).toMatchObject([{ points: "1 of 100" }]);
    expect(JSON.stringify([page, sent, proven])).not.toContain(other);
  });

  test("says what the gradebook has otherwise, and why a score was not taken", async () => {
    const { open, sync, userIds, lineItem, runs, caller } = await stage();
    const [changed, refused] = userIds as [string, string, string];
    await platform.misbehave({ kind: "ungradable_user", userId: refused });
    await sync();
    await platform.overrideResult({
      lineItem: lineItem.url,
      userId: changed,
      resultScore: 61.5,
    });
    const { sessionToken, page } = await open(changed);
    expect(page.grades).toMatchObject([{ state: "sent" }]);
    await checkOwnGrades(caller, { sessionToken });
    await finished(installation, (await runs())[0]!.id);
    expect((await getOwnGrades(caller, { sessionToken })).grades).toMatchObject([
      {
        points: "0 of 100",
        state: "otherwise",
        words: "Sent, and the gradebook shows another value: 61.5 of 100.",
      },
    ]);
    expect((await open(refused)).page.grades).toMatchObject([
      {
        state: "refused",
        words: "The LMS did not take it: the platform turned this down.",
        sentAt: null,
      },
    ]);
  });

  test("shows no points of a column whose grades are not released, and no deleted column", async () => {
    const { open, userIds, lineItem } = await stage();
    const { prisma } = installation.db;
    const where = { id: lineItem.id };
    await prisma.lineItem.update({ where, data: { gradesReleased: false } });
    expect((await open(userIds[0]!)).page.grades).toMatchObject([
      { points: null, words: "Not released yet." },
    ]);
    const data = { deletedBy: "Ada Operator", goneAt: new Date() };
    await prisma.lineItem.update({ where, data });
    expect((await open(userIds[0]!)).page).toMatchObject({ grades: [], canCheck: false });
  });

  test("opens neither the course's page by a learner's token, nor anything by a made-up one", async () => {
    const { open, userIds, caller } = await stage();
    const { sessionToken } = await open(userIds[0]!);
    const code = "operation.not_signed_in";
    await expect(getLaunchedCourse(caller, { sessionToken })).rejects.toMatchObject({ code });
    const madeUp = { sessionToken: "made-up" };
    await expect(getOwnGrades(caller, madeUp)).rejects.toMatchObject({ code });
    await expect(checkOwnGrades(caller, madeUp)).rejects.toMatchObject({ code });
  });
});

describe("checking again", () => {
  test("by a whole class at once reads the course once", async () => {
    const { open, sync, runs, userIds, caller } = await stage(12);
    await sync();
    const sessions = await Promise.all(userIds.map(async (userId) => open(userId)));
    const answers = await Promise.all(
      sessions.map(({ sessionToken }) => checkOwnGrades(caller, { sessionToken })),
    );
    expect(answers.filter(({ answer }) => answer === "started")).toHaveLength(1);
    const others = new Set(answers.map(({ answer }) => answer));
    others.delete("started");
    expect([...others].filter((answer) => !["under_way", "too_soon"].includes(answer))).toEqual([]);
    expect(await runs()).toHaveLength(1);
  });

  test("by one person is once in five minutes, by others once in two for the course", async () => {
    const { open, sync, runs, userIds, caller, later } = await stage();
    await sync();
    const [mine, theirs] = [await open(userIds[0]!), await open(userIds[1]!)];
    const ask = async ({ sessionToken }: { sessionToken: string }, at = caller) => {
      const { answer } = await checkOwnGrades(at, { sessionToken });
      for (const { id } of await runs()) await finished(installation, id);
      return answer;
    };
    expect(await ask(mine)).toBe("started");
    expect(await ask(theirs)).toBe("too_soon");
    expect(await ask(mine, later(3))).toBe("too_soon");
    expect(await ask(theirs, later(3))).toBe("started");
    expect(await ask(mine, later(6))).toBe("started");
    expect(await runs()).toHaveLength(3);
  });

  test("of a paused course is told as not now, and can be asked for again", async () => {
    const { course, open, sync, runs, userIds, caller } = await stage();
    await sync();
    const { sessionToken } = await open(userIds[0]!);
    await pauseCourse(caller, { courseId: course.id });
    expect((await checkOwnGrades(caller, { sessionToken })).answer).toBe("not_now");
    expect(await runs()).toHaveLength(0);
    expect(await installation.db.prisma.gradeCheck.count({ where: { courseId: course.id } })).toBe(
      0,
    );
  });

  test("waits where five courses of the registration are being read for learners", async () => {
    const { course, open, sync, userIds, caller } = await stage();
    await sync();
    const { sessionToken } = await open(userIds[0]!);
    const { registrationId, deploymentId } = course;
    for (let number = 0; number < 5; number++) {
      const other = await installation.db.prisma.course.create({
        data: { registrationId, deploymentId, contextId: crypto.randomUUID(), title: "Other" },
      });
      const startedBy = "A learner, in the LMS";
      await installation.db.prisma.run.create({
        data: {
          kind: "verify",
          registrationId,
          courseId: other.id,
          trigger: "operator",
          startedBy,
        },
      });
    }
    expect((await checkOwnGrades(caller, { sessionToken })).answer).toBe("busy");
    await installation.db.prisma.run.deleteMany({ where: { registrationId, state: "queued" } });
  });
});
