import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { MEDIA, SCOPE, startPlatform, type PlatformClient } from "./index.ts";
import { get, Tool } from "./testing/tool.ts";

type Container = {
  id: string;
  context: { id: string; title: string };
  members: {
    user_id: string;
    roles: string[];
    status?: string;
    name?: string;
    message?: unknown;
  }[];
};

describe("memberships", () => {
  let platform: PlatformClient;
  let tool: Tool;
  let token: string;

  beforeAll(async () => {
    platform = await startPlatform();
  });
  beforeEach(async () => {
    await platform.reset();
    tool = await Tool.register(platform);
    token = await tool.token();
  });
  afterAll(() => platform.stop());

  const read = async (url: string) => {
    const response = await get(url, token, MEDIA.memberships);
    const link = response.headers.get("link") ?? "";
    return {
      status: response.status,
      container: (await response.json()) as Container,
      next: /<([^>]+)>; rel="next"/.exec(link)?.[1],
      differences: /<([^>]+)>; rel="differences"/.exec(link)?.[1],
    };
  };

  const readAll = async (url: string) => {
    const members: Container["members"] = [];
    for (let next: string | undefined = url; next;) {
      const page = await read(next);
      members.push(...page.container.members);
      next = page.next;
    }
    return members;
  };

  test("pages a roster by Link until every member was given once", async () => {
    const course = await platform.addCourse({ members: 1200, title: "Biology" });

    const members = await readAll(`${course.membershipsUrl}?limit=500`);

    expect(new Set(members.map(({ user_id }) => user_id)).size).toBe(1200);
    expect(members).toHaveLength(1200);
    expect(await platform.counts()).toMatchObject({ byRoute: { memberships: 3 } });
    expect(members[1]).toEqual({
      user_id: expect.any(String),
      name: expect.any(String),
      given_name: expect.any(String),
      family_name: expect.any(String),
      email: expect.stringMatching(/@example\.edu$/),
      lis_person_sourcedid: expect.any(String),
      status: "Active",
      roles: ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"],
    });
  });

  test("keeps the role filter over pages, by short name and by URI", async () => {
    const course = await platform.addCourse({ members: 30, instructors: 12 });

    const byName = await readAll(`${course.membershipsUrl}?role=Instructor&limit=5`);
    const uri = encodeURIComponent("http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor");
    const byUri = await readAll(`${course.membershipsUrl}?role=${uri}&limit=5`);

    expect(byName).toHaveLength(12);
    expect(byUri).toEqual(byName);
  });

  test("gives the same people for the same seed, in every course", async () => {
    const one = await platform.addCourse({ members: 5 });
    const two = await platform.addCourse({ members: 5, firstPerson: 3 });

    const first = await readAll(one.membershipsUrl);
    const second = await readAll(two.membershipsUrl);

    expect(second[0]?.user_id).toBe(first[3]?.user_id);
  });

  test("reports changes since a reading, with Deleted for those gone", async () => {
    const course = await platform.addCourse({ members: 10 });
    const { differences, container } = await read(course.membershipsUrl);
    const [, gone, changed] = container.members;

    await platform.changeRoster({
      contextId: course.contextId,
      remove: [gone!.user_id],
      update: [{ userId: changed!.user_id, status: "Inactive" }],
      add: [{ userId: "newcomer", name: "New Comer" }],
    });

    const later = await read(differences!);
    expect(later.container.members.map(({ user_id, status }) => [user_id, status])).toEqual([
      ["newcomer", "Active"],
      [changed!.user_id, "Inactive"],
      [gone!.user_id, "Deleted"],
    ]);
    expect((await read(later.differences!)).container.members).toEqual([]);
    expect(await readAll(course.membershipsUrl)).toHaveLength(10);
  });

  test("adds a message per member for a resource link", async () => {
    const course = await platform.addCourse({
      members: 2,
      resourceLinks: [{ id: "quiz", custom: { color: "blue" } }],
    });

    const { container } = await read(`${course.membershipsUrl}?rlid=quiz`);
    const unknown = await get(`${course.membershipsUrl}?rlid=no`, token, MEDIA.memberships);

    expect(container.members[0]?.message).toEqual([
      expect.objectContaining({
        "https://purl.imsglobal.org/spec/lti/claim/message_type": "LtiResourceLinkRequest",
      }),
    ]);
    expect(unknown.status).toBe(404);
  });

  test("refuses other methods, media types, scopes, courses and tokens", async () => {
    const course = await platform.addCourse({ members: 2 });
    const closed = await platform.addCourse({ members: 2, clientIds: ["another"] });
    const graderToken = await tool.token(SCOPE.score);
    const url = course.membershipsUrl;

    const post = await fetch(url, { method: "POST" });
    const wildcard = await get(url, token, "*/*");
    const scopeless = await get(url, graderToken, MEDIA.memberships);
    const missing = await get(`${platform.url}/courses/no/memberships`, token, MEDIA.memberships);
    const foreign = await get(closed.membershipsUrl, token, MEDIA.memberships);
    const forged = await get(url, "forged", MEDIA.memberships);

    expect(post.status).toBe(405);
    expect(wildcard.status).toBe(406);
    expect(scopeless.status).toBe(403);
    expect(scopeless.headers.get("www-authenticate")).toContain("insufficient_scope");
    expect(missing.status).toBe(404);
    expect(foreign.status).toBe(403);
    expect(forged.status).toBe(401);
    expect(forged.headers.get("www-authenticate")).toContain("invalid_token");
    expect(await platform.counts()).toMatchObject({ unauthorized: 1 });
  });

  test("refuses a token once its time is over or it was revoked", async () => {
    const course = await platform.addCourse({ members: 2 });
    await platform.misbehave({ kind: "token_lifetime", seconds: 0.3, times: 1 });
    const short = await tool.token();
    expect((await get(course.membershipsUrl, short, MEDIA.memberships)).status).toBe(200);

    await new Promise((resolve) => setTimeout(resolve, 320));
    expect((await get(course.membershipsUrl, short, MEDIA.memberships)).status).toBe(401);

    expect(await platform.revokeTokens({ clientId: tool.clientId })).toEqual({ revoked: 2 });
    expect((await get(course.membershipsUrl, token, MEDIA.memberships)).status).toBe(401);
  });

  test("knows 100,000 members without slowing down", async () => {
    const course = await platform.addCourse({ members: 100_000 });
    const startedMs = performance.now();

    const members = await readAll(`${course.membershipsUrl}?limit=1000`);

    expect(new Set(members.map(({ user_id }) => user_id)).size).toBe(100_000);
    expect(performance.now() - startedMs).toBeLessThan(15_000);
  });
});
