import { describe, expect, test } from "vitest";
import { MEDIA, SCOPE } from "./index.ts";
import { get } from "./testing/tool.ts";
import { usePlatform } from "./testing/use-platform.ts";

type Container = { members: { roles: string[] }[] };

describe("the Moodle profile", () => {
  const stage = usePlatform({ profile: "moodle" });

  test("gives line items a query, and their list a Link in Moodle's dialect", async () => {
    expect(stage.lineItem).toMatch(/\/lineitem\?type_id=1$/);

    const page = await get(`${stage.course.lineItemsUrl}&limit=1`, stage.token, MEDIA.lineItems);
    const link = Buffer.from(page.headers.get("link") ?? "", "latin1").toString("utf8");

    expect(link).toMatch(/^<[^>]+\?type_id=1&amp;limit=1&amp;cursor=[^>]+>; rel=“next”$/);
  });

  test("gives the whole roster without a limit, and loses the role with one", async () => {
    const whole = (await (await stage.readMembers()).json()) as Container;
    const page = await stage.readMembers("?role=Learner&limit=5");

    expect(whole.members).toHaveLength(20);
    expect(whole.members[1]?.roles).toEqual(["Learner"]);
    expect(page.headers.get("link")).toMatch(/\?limit=5&cursor=[^>]+>; rel="next"$/);
  });

  test("refuses two scores in a second, and outsiders in its words", async () => {
    await stage.postScore({ timestamp: "2026-03-01T10:00:01.100Z" });
    const second = await stage.postScore({ timestamp: "2026-03-01T10:00:01.200Z" });
    const outsider = await stage.postScore({ userId: "nobody" });

    expect(second.status).toBe(409);
    expect(outsider.statusText).toContain("Incorrect score received");
  });
});

describe("the Canvas profile", () => {
  const stage = usePlatform({ profile: "canvas" });

  test("caps pages at 50 and answers 400 for an old timestamp", async () => {
    stage.course = await stage.platform.addCourse({ members: 120 });
    const page = await get(
      `${stage.course.membershipsUrl}?limit=100`,
      stage.token,
      MEDIA.memberships,
    );
    expect(((await page.json()) as Container).members).toHaveLength(50);

    await stage.postScore({ timestamp: "2026-03-01T10:00:02.1Z" });
    expect((await stage.postScore({ timestamp: "2026-03-01T10:00:01.1Z" })).status).toBe(400);
  });

  test("takes scores of students only", async () => {
    const { contextId } = stage.course;
    const [teacher] = await stage.platform.rosterOf({ contextId, role: "Instructor" });

    const response = await stage.postScore({ userId: teacher?.userId });

    expect(response.status).toBe(422);
    expect(await response.text()).toContain("is not a student");
  });

  test("refuses a token request with one unregistered scope", async () => {
    const response = await stage.tool.askToken({ scope: `${SCOPE.score} urn:other` });

    expect(response.status).toBe(400);
  });
});

describe("a profile of one registration", () => {
  const stage = usePlatform();

  test("leaves the others alone", async () => {
    await stage.platform.useProfile({ profile: "schoology", clientId: "another" });
    stage.course = await stage.platform.addCourse({ members: 120 });

    const page = await get(stage.course.membershipsUrl, stage.token, MEDIA.memberships);

    expect(((await page.json()) as Container).members).toHaveLength(100);
  });
});

describe.each(["blackboard", "brightspace", "sakai", "schoology"] as const)(
  "the %s profile",
  (profile) => {
    const stage = usePlatform({ profile });

    test("serves rosters without differences, and takes scores", async () => {
      const roster = await stage.readMembers();

      expect(roster.status).toBe(200);
      expect(roster.headers.get("link")).toBeNull();
      expect((await stage.postScore()).status).toBe(200);
    });
  },
);
