import { describe, expect, test } from "vitest";
import { MEDIA } from "./index.ts";
import { get, send } from "./testing/tool.ts";
import { usePlatform } from "./testing/use-platform.ts";

type Shown = { userId: string; resultScore?: number | null };

describe("Moodle's gradebook", () => {
  const stage = usePlatform({ profile: "moodle" });
  const results = async (query = ""): Promise<Response> => {
    const url = new URL(stage.lineItem);
    url.pathname += "/results";
    return get(url.href + query, stage.token, MEDIA.results);
  };
  const resultOf = async (userId = stage.learners[0]) => {
    const shown = (await (await results()).json()) as Shown[];
    return shown.find((each) => each.userId === userId);
  };

  test("answers 500 and an empty list for a locked grade, as long as it is locked", async () => {
    const { lineItem, learners, platform } = stage;
    await platform.lockGrades({ lineItem, userIds: [learners[0]!] });
    const refused = await stage.postScore();
    expect(refused.status).toBe(500);
    expect(await refused.text()).toBe("[]");
    expect((await stage.postScore({ userId: learners[1] })).status).toBe(200);
    await platform.lockGrades({ lineItem, userIds: [learners[0]!], locked: false });
    expect((await stage.postScore()).status).toBe(200);
    await platform.lockGrades({ lineItem });
    expect((await stage.postScore({ userId: learners[2] })).status).toBe(500);
  });

  test("rounds before it scales, and clips at the maximum and at 0", async () => {
    await stage.postScore({ scoreGiven: 0.333333333, scoreMaximum: 1 });
    expect(await resultOf()).toMatchObject({ resultScore: 33.333 });
    const [, second, third] = stage.learners;
    await stage.postScore({ userId: second, scoreGiven: 150, scoreMaximum: 100 });
    expect(await resultOf(second)).toMatchObject({ resultScore: 100 });
    await stage.postScore({ userId: third, scoreGiven: -3, scoreMaximum: 100 });
    expect(await resultOf(third)).toMatchObject({ resultScore: 0 });
  });

  test("keeps a teacher's grade the final one", async () => {
    const { lineItem, learners, platform } = stage;
    await platform.overrideResult({ lineItem, userId: learners[0]!, resultScore: 71 });
    const later = new Date(Date.now() + 2_000).toISOString();
    expect((await stage.postScore({ timestamp: later })).status).toBe(200);
    expect(await resultOf()).toMatchObject({ resultScore: 71 });
  });

  test("forgets the grades of whoever leaves, also once they are back", async () => {
    const { contextId } = stage.course;
    const userId = stage.learners[0]!;
    await stage.postScore();
    await stage.platform.changeRoster({ contextId, remove: [userId] });
    await stage.platform.changeRoster({ contextId, add: [{ userId }] });
    expect(await resultOf(userId)).toBeUndefined();
  });

  test("tells a column that was deleted by a reason, with the request behind it", async () => {
    const { lineItem, platform } = stage;
    await platform.removeLineItem({ lineItem });
    const refused = await stage.postScore();
    expect(refused.status).toBe(404);
    expect(await refused.json()).toMatchObject({
      status: 404,
      reason: expect.stringMatching(/^Not Found: Grade item \S+ doesn't exist$/) as string,
      request: { method: "POST" },
    });
  });

  test("shows a wiped grade as a person without a value", async () => {
    await stage.postScore();
    const timestamp = new Date(Date.now() + 2_000).toISOString();
    await stage.postScore({ gradingProgress: "PendingManual", timestamp });
    expect(Object.keys((await resultOf())!)).toEqual(["id", "userId"]);
  });

  test("has a page of results only without a limit", async () => {
    const paged = await results("&limit=10");
    expect(paged.status).toBe(404);
    expect(await paged.text()).toMatch(/^<!DOCTYPE html>/);
    expect((await results()).status).toBe(200);
  });

  test("gives the reason of a refusal in the status line, with the score that was posted", async () => {
    const refused = await stage.postScore({ userId: "nobody", comment: "Größe 好" });
    expect(refused.status).toBe(400);
    expect(refused.statusText).toMatch(/^Incorrect score received\{"userId":"nobody"/);
    expect(await refused.text()).toBe("[]");
  });

  test("has two columns where one was made twice", async () => {
    const body = { label: "Quiz", scoreMaximum: 10, resourceId: "quiz-1", tag: "grade" };
    const ask = () => send(stage.course.lineItemsUrl, stage.token, { type: MEDIA.lineItem, body });
    await Promise.all([ask(), ask()]);
    const { contextId } = stage.course;
    expect(
      (await stage.platform.lineItemsOf({ contextId })).filter(({ label }) => label === "Quiz"),
    ).toHaveLength(2);
  });

  test("deletes an activity's own column like any other, and never reuses its address", async () => {
    const { contextId } = stage.course;
    const link = { label: "Activity", resourceLinkId: "link-1" };
    const { url } = await stage.platform.addLineItem({ contextId, ...link });
    const deleted = await fetch(url, {
      method: "DELETE",
      headers: { Authorization: `Bearer ${stage.token}` },
    });
    expect(deleted.status).toBe(204);
    const again = await stage.platform.addLineItem({ contextId, ...link });
    expect(again.url).not.toBe(url);
  });

  test("answers 404 with a page where it cannot read the tool's keys", async () => {
    const { platform, tool } = stage;
    await platform.reset();
    await platform.addRegistration({
      clientId: tool.clientId,
      jwksUrl: `${platform.url}/_tool/nowhere/jwks`,
    });
    const refused = await tool.askToken();
    expect(refused.status).toBe(404);
    expect(await refused.text()).toContain("<title>Error</title>");
  });

  test("lists teaching assistants as learners, and takes no score for them", async () => {
    stage.course = await stage.platform.addCourse({
      members: 3,
      teachingAssistants: 1,
      lineItems: 1,
    });
    const url = stage.course.membershipsUrl;
    const reply = await get(url, stage.token, MEDIA.memberships);
    const { members } = (await reply.json()) as {
      members: { user_id: string; roles: string[] }[];
    };
    expect(members.map(({ roles }) => roles)).toEqual([["Instructor"], ["Learner"], ["Learner"]]);
    const { lineItems } = stage.course;
    stage.lineItem = lineItems[0]!.url;
    expect((await stage.postScore({ userId: members[1]!.user_id })).status).toBe(400);
  });
});
