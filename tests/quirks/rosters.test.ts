import { describe, expect, test } from "vitest";
import {
  hasRole,
  isInstructor,
  isLearner,
  listMemberships,
  streamMemberships,
} from "#lib/lti/index.ts";
import { useServiceStage } from "#tests/support/service-stage.ts";

const resourceLinks = [{ id: "link-1", custom: { country: "Canada" } }];

describe("rosters", () => {
  const stage = useServiceStage({
    course: { members: 120, instructors: 2, inactive: 5, resourceLinks },
  });
  const ids = (roster: { memberships: { userId: string }[] }) =>
    roster.memberships.map(({ userId }) => userId);

  test("with pages of 50 at most lose nobody [webwork2#3181, webwork2#3182, Learn-LTI#146, Learn-LTI#171, code-dot-org#56355, PrairieLearn#10711]", async () => {
    await stage.platform.misbehave({ kind: "page_cap", size: 50 });
    const roster = await listMemberships(stage.client, { limit: 1_000 });
    expect(new Set(ids(roster)).size).toBe(120);
    expect(roster.complete).toBe(true);
    expect(await stage.sent()).toHaveLength(3);
  });

  test("without a differences link are whole [openedx/xblock-lti-consumer#674]", async () => {
    await stage.platform.misbehave({ kind: "no_differences" });
    const { complete, differencesUrl } = await listMemberships(stage.client);
    expect([complete, differencesUrl]).toEqual([true, undefined]);
  });

  test("that leave out who is not active never call anybody deleted [Moodle code, sakai#12165]", async () => {
    await stage.platform.misbehave({ kind: "active_only" });
    const { memberships } = await listMemberships(stage.client);
    expect(memberships).toHaveLength(115);
    expect(memberships.every(({ status }) => status === "active")).toBe(true);
  });

  test("keep who is inactive, and tell it [iPeer#649, Markus#7769, autolab#1678]", async () => {
    await stage.platform.misbehave({ kind: "status_as", style: "lower_case" });
    const { memberships } = await listMemberships(stage.client, { limit: 200 });
    expect(memberships.filter(({ status }) => status === "inactive")).toHaveLength(5);
  });

  test.each(["ignored", "empty"] as const)(
    "whose role filter is %s hold nobody of another role [sakaiproject/sakai#14656, Canvas code]",
    async (as) => {
      await stage.platform.misbehave({ kind: "role_filter", as });
      const { memberships } = await listMemberships(stage.client, { role: "Instructor" });
      expect(memberships).toHaveLength(as === "ignored" ? 2 : 0);
      expect(memberships.every(({ roles }) => isInstructor(roles))).toBe(true);
    },
  );

  test("that refuse a role filter say so [Canvas code]", async () => {
    await stage.platform.misbehave({ kind: "role_filter", as: "refused" });
    await expect(listMemberships(stage.client, { role: "Mentor" })).rejects.toMatchObject({
      code: "lti.request_rejected",
      excerpt: expect.stringContaining("role is not supported"),
    });
  });

  test.each(["object", "absent"] as const)(
    "with a message that is %s are read [BBDN-LTI-Tool-Provider-Node#141, pylti1.3#147]",
    async (shape) => {
      await stage.platform.misbehave({ kind: "message_as", shape });
      const { memberships } = await listMemberships(stage.client, { resourceLinkId: "link-1" });
      const [first] = memberships;
      const custom = "https://purl.imsglobal.org/spec/lti/claim/custom";
      const expected = { [custom]: { country: "Canada", user_id: first?.userId } };
      if (shape === "object") expect(first?.messages).toMatchObject([expected]);
      else expect(first?.messages).toBeUndefined();
    },
  );

  test("without names and e-mail addresses are whole [D2L kb 23756, CircuitVerse#7781, lti-tool requires name and status]", async () => {
    await stage.platform.misbehave({ kind: "hide_fields" });
    await stage.platform.misbehave({ kind: "status_as", style: "absent" });
    const { memberships, quarantined } = await listMemberships(stage.client, { limit: 200 });
    expect(quarantined).toEqual([]);
    expect(memberships).toHaveLength(120);
    expect(Object.keys(memberships[0] ?? {}).sort()).toEqual(["roles", "status", "userId"]);
  });

  test("of a context with another ID than the launch's are read, and tell it [PrairieLearn#15632]", async () => {
    await stage.platform.misbehave({ kind: "context_id_as", id: "another" });
    const { context, complete } = await listMemberships(stage.client);
    expect([context.id, complete]).toEqual(["another", true]);
  });

  test("give an unknown role no rights [WikiEducationFoundation/WikiEduDashboard#6934]", async () => {
    await stage.platform.misbehave({ kind: "member_defect", defect: "unknown_role" });
    const { memberships, quarantined } = await listMemberships(stage.client);
    const roles = memberships[0]?.roles ?? [];
    expect(quarantined).toEqual([]);
    expect(roles).toEqual(["urn:example:role#Wizard"]);
    expect([isInstructor(roles), isLearner(roles), hasRole(roles, "Administrator")]).toEqual([
      false,
      false,
      false,
    ]);
  });

  test.each([
    ["no_user_id", "has no user_id"],
    ["no_roles", "has no roles"],
    ["unknown_status", "has an unknown status"],
    ["not_an_object", "is not an object"],
  ] as const)(
    "set one member with %s apart, and keep 119 [Ltix: fails the roster]",
    async (defect, reason) => {
      await stage.platform.misbehave({ kind: "member_defect", defect });
      const roster = await listMemberships(stage.client, { limit: 200 });
      expect(roster.memberships).toHaveLength(119);
      expect(roster.quarantined).toMatchObject([{ index: 0, reason }]);
      expect(roster.complete).toBe(true);
    },
  );

  test.each(["numeric_user_id", "roles_string", "null_fields"] as const)(
    "read a member with %s [Ltix: fails the roster]",
    async (defect) => {
      await stage.platform.misbehave({ kind: "member_defect", defect });
      const { memberships, quarantined } = await listMemberships(stage.client, { limit: 200 });
      expect(quarantined).toEqual([]);
      expect(memberships).toHaveLength(120);
    },
  );

  test("paged by offset over a live list may miss somebody, whom an unpaged reading finds [Moodle 4.5.6 observed]", async () => {
    await stage.platform.misbehave({ kind: "offset_paging" });
    const seen = new Set<string>();
    for await (const page of streamMemberships(stage.client, { limit: 50 })) {
      for (const { userId } of page.memberships) seen.add(userId);
      const [gone = ""] = stage.learners;
      const { contextId } = stage.course;
      if (page.index === 0) await stage.platform.changeRoster({ contextId, remove: [gone] });
    }
    const again = await listMemberships(stage.client, { limit: 200 });
    const missed = ids(again).filter((userId) => !seen.has(userId));
    expect(missed).toHaveLength(1);
  });

  test("that are compressed are read, and counted at their full size [RFC 9110 §12.5.3]", async () => {
    await stage.platform.misbehave({ kind: "gzip" });
    const { memberships } = await listMemberships(stage.client, { limit: 200 });
    expect(memberships).toHaveLength(120);
    const [request] = await stage.sent();
    expect(request?.headers["accept-encoding"]).toBe("gzip");
    await stage.platform.misbehave({ kind: "huge_body", bytes: 20_000_000 });
    await expect(listMemberships(stage.client)).rejects.toMatchObject({
      code: "lti.response_malformed",
      reason: "the reply is larger than allowed",
    });
  });

  test("that are compressed and cut short are no rosters [RFC 9110 §12.5.3]", async () => {
    await stage.platform.misbehave({ kind: "gzip" });
    await stage.platform.misbehave({ kind: "cut", when: "during" });
    await expect(listMemberships(stage.client, { limit: 200 })).rejects.toMatchObject({
      code: "lti.platform_unavailable",
    });
  });

  test.each(["truncated_json", "content_type", "huge_body"] as const)(
    "that arrive as %s are read whole or not at all [gateways before every LMS]",
    async (kind) => {
      const client = await stage.connect({ options: { maxResponseBytes: 1_000_000 } });
      await stage.platform.misbehave({ kind, route: "memberships" });
      const reading = listMemberships(client, { limit: 200 });
      if (kind === "content_type") expect(await reading).toMatchObject({ complete: true });
      else await expect(reading).rejects.toMatchObject({ code: "lti.response_malformed" });
    },
  );
});
