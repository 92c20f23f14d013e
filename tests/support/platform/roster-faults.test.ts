import { describe, expect, test } from "vitest";
import type { FaultInput } from "./index.ts";
import { usePlatform } from "./testing/use-platform.ts";

type Container = {
  context?: { id: string };
  members: Record<string, unknown>[];
};

describe("a roster that misbehaves", () => {
  const stage = usePlatform();
  const misbehave = (fault: FaultInput) => stage.platform.misbehave(fault);
  const read = async (query = "") => (await (await stage.readMembers(query)).json()) as Container;
  const linkFor = async (fault: FaultInput, query = "?limit=5&role=Learner") => {
    await misbehave(fault);
    const link = (await stage.readMembers(query)).headers.get("link");
    // Header bytes are UTF-8 where they are more than ASCII; fetch shows them as Latin-1.
    return link === null ? null : Buffer.from(link, "latin1").toString("utf8");
  };

  test.each<[Extract<FaultInput, { kind: "link_dialect" }>["as"], RegExp]>([
    ["curly_quotes", /^<http[^>]+&cursor=[\w-]+>; rel=“next”/],
    ["amp_entity", /^<[^>]+&amp;cursor=[^>]+>; rel="next"/],
    ["curly_quotes_and_amp_entity", /^<[^>]+&amp;cursor=[^>]+>; rel=“next”/],
    ["unquoted", /^<[^>]+>;rel=next,/],
    ["single_quotes", /^<[^>]+>; rel='next'/],
    ["upper_case_rel", /^<[^>]+>; REL="NEXT"/],
    ["multi_rel", /^<[^>]+>; rel="section next"/],
    ["several_links", /^<[^>]+>; rel="current", <[^>]+>; rel="first", <[^>]+>; rel="next"/],
    ["separate_headers", /^<[^>]+>; rel="current", <[^>]+>; rel="first", <[^>]+>; rel="next"/],
    ["comma_in_url", /^<[^>]+&fields=name,email;roles,status>; rel="next"/],
    ["other_params", /^<[^>]+>; title="next, please; rel=\\"first\\""; rel="next"/],
    ["relative", /^<\/courses\/[^>]+>; rel="next"/],
    ["loop", /^<[^>]+\?limit=5&role=Learner>; rel="next"/],
    ["repeat", /^<[^>]+\?limit=5&role=Learner>; rel="next"/],
    ["cross_origin", /^<http:\/\/localhost:[^>]+>; rel="next"/],
    ["drops_role", /^<[^>]+\?limit=5&cursor=[^>]+>; rel="next"/],
    ["garbage", /^<<<>/],
  ])("writes its Link header in the dialect %s", async (as, pattern) => {
    expect(await linkFor({ kind: "link_dialect", as })).toMatch(pattern);
  });

  test("gives no Link although there is more", async () => {
    expect(await linkFor({ kind: "link_dialect", as: "missing" })).toBeNull();
    expect((await read("?limit=5")).members).toHaveLength(5);
  });

  test("loops and repeats even where the list ends", async () => {
    expect(await linkFor({ kind: "link_dialect", as: "loop" }, "")).toContain('rel="next"');
    expect(await linkFor({ kind: "link_dialect", as: "repeat" }, "")).toContain('rel="next"');
  });

  test("caps pages, ignores the limit, or has a small page of its own", async () => {
    await misbehave({ kind: "default_page", size: 4 });
    expect((await read()).members).toHaveLength(4);

    await misbehave({ kind: "page_cap", size: 3 });
    expect((await read("?limit=10")).members).toHaveLength(3);

    await misbehave({ kind: "ignore_limit", when: "limit_absent" });
    expect((await read()).members).toHaveLength(20);
    expect((await read("?limit=2")).members).toHaveLength(2);

    await misbehave({ kind: "ignore_limit" });
    expect((await read("?limit=2")).members).toHaveLength(20);
  });

  test("misses a member when pages are counted over a list that shrinks", async () => {
    const { contextId } = stage.course;
    await misbehave({ kind: "offset_paging" });
    const first = await stage.readMembers("?limit=10");
    const firstMembers = ((await first.json()) as Container).members;
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get("link") ?? "")?.[1] ?? "";

    await stage.platform.changeRoster({
      contextId,
      remove: [String(firstMembers[3]?.["user_id"])],
    });

    const second = await read(new URL(next).search);
    const still = await stage.platform.rosterOf({ contextId });
    expect(still).toHaveLength(19);
    expect(second.members).toHaveLength(9);
    expect(second.members[0]?.["user_id"]).toBe(still[10]?.userId);
  });

  test("loses nobody by such a change where pages are kept by place", async () => {
    const { contextId } = stage.course;
    const first = await stage.readMembers("?limit=10");
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
    const [, removed] = stage.learners;
    await stage.platform.changeRoster({ contextId, remove: [String(removed)] });

    expect((await read(new URL(next).search)).members).toHaveLength(10);
  });

  test.each<[Extract<FaultInput, { kind: "member_defect" }>["defect"], Record<string, unknown>]>([
    ["no_user_id", { user_id: undefined }],
    ["numeric_user_id", { user_id: 12345 }],
    ["no_roles", { roles: undefined }],
    ["roles_string", { roles: "Learner" }],
    ["unknown_role", { roles: ["urn:example:role#Wizard"] }],
    ["unknown_status", { status: "Pending" }],
    ["null_fields", { name: null, email: null }],
  ])("spoils one member: %s", async (defect, expected) => {
    await misbehave({ kind: "member_defect", defect, member: stage.learners[4] });

    const { members } = await read();

    expect(members).toHaveLength(20);
    for (const [name, value] of Object.entries(expected)) expect(members[5]?.[name]).toEqual(value);
    expect(members[4]).toEqual(expect.objectContaining({ user_id: stage.learners[3] }));
  });

  test("spoils several members at once", async () => {
    await misbehave({ kind: "member_defect", defect: "not_an_object", position: 0 });
    await misbehave({ kind: "member_defect", defect: "no_user_id", position: 2 });

    const { members } = await read();

    expect(members[0]).toBeNull();
    expect(members[1]).toHaveProperty("user_id");
    expect(members[2]).not.toHaveProperty("user_id");
  });

  test("spoils the container", async () => {
    await misbehave({ kind: "container_defect", defect: "no_context", times: 1 });
    expect(await read()).not.toHaveProperty("context");
    await misbehave({ kind: "container_defect", defect: "no_members", times: 1 });
    expect(await read()).not.toHaveProperty("members");
    await misbehave({ kind: "container_defect", defect: "members_object", times: 1 });
    expect((await read()).members).not.toBeInstanceOf(Array);
    await misbehave({ kind: "container_defect", defect: "array_body", times: 1 });
    expect(await read()).toBeInstanceOf(Array);
    await misbehave({ kind: "context_id_as", id: "another" });
    expect((await read()).context?.id).toBe("another");
  });

  test("hides personal fields, writes short roles and odd statuses", async () => {
    await misbehave({ kind: "hide_fields" });
    await misbehave({ kind: "roles_as", style: "short" });
    await misbehave({ kind: "status_as", style: "lower_case" });

    const { members } = await read();

    expect(members[1]).toEqual({
      user_id: stage.learners[0],
      roles: ["Learner"],
      status: "active",
    });
    await misbehave({ kind: "status_as", style: "absent" });
    expect((await read()).members[1]).not.toHaveProperty("status");
  });

  test("sends a message as an object, or none", async () => {
    const course = await stage.platform.addCourse({ members: 1, resourceLinks: [{ id: "quiz" }] });
    stage.course = course;
    await misbehave({ kind: "message_as", shape: "object" });
    const asObject = await fetchMembers(`${course.membershipsUrl}?rlid=quiz`);
    await misbehave({ kind: "message_as", shape: "absent" });
    const absent = await fetchMembers(`${course.membershipsUrl}?rlid=quiz`);

    expect(asObject[0]?.["message"]).toEqual(expect.objectContaining({}));
    expect(asObject[0]?.["message"]).not.toBeInstanceOf(Array);
    expect(absent[0]).not.toHaveProperty("message");
  });

  const fetchMembers = async (url: string) => {
    const response = await fetch(url, {
      headers: {
        Authorization: `Bearer ${stage.token}`,
        Accept: "application/vnd.ims.lti-nrps.v2.membershipcontainer+json",
      },
    });
    return ((await response.json()) as Container).members;
  };

  test("ignores a role filter, empties by it, or refuses it", async () => {
    await misbehave({ kind: "role_filter", as: "ignored" });
    expect((await read("?role=Instructor")).members).toHaveLength(20);
    await misbehave({ kind: "role_filter", as: "empty" });
    expect((await read("?role=Instructor")).members).toHaveLength(0);
    await misbehave({ kind: "role_filter", as: "refused" });
    expect((await stage.readMembers("?role=Instructor")).status).toBe(400);
    expect((await read()).members).toHaveLength(20);
  });

  test("lists only active members, and offers or serves no differences", async () => {
    const { contextId, membershipsUrl } = stage.course;
    const update = [{ userId: stage.learners[0] ?? "", status: "Inactive" }];
    await stage.platform.changeRoster({ contextId, update });
    await misbehave({ kind: "active_only" });
    expect((await read()).members).toHaveLength(19);

    await misbehave({ kind: "error_page", route: "differences" });
    const failed = await fetch(`${membershipsUrl}/differences?since=0`);
    expect(failed.status).toBe(500);

    expect(await linkFor({ kind: "no_differences" }, "")).toBeNull();
  });
});
