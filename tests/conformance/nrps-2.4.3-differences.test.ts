import { describe, expect, test } from "vitest";
import { ResourceGone, listMemberships } from "#lib/lti/index.ts";
import { useServiceStage } from "#tests/support/service-stage.ts";

describe("NRPS 2.0 §2.4.3 Membership differences", () => {
  const stage = useServiceStage();

  test("gives the link that the walk began with, and calls it later undecorated", async () => {
    const { differencesUrl } = await listMemberships(stage.client, { limit: 5 });
    const url = differencesUrl ?? "";
    await listMemberships(stage.client, { url, role: "Learner", limit: 5 });
    const [request] = await stage.sent({ route: "differences" });
    expect(`${stage.platform.url}${request?.path}?${request?.query}`).toBe(url);
    expect(request?.headers["accept"]).toMatch(/membershipcontainer\+json$/);
  });

  test("reads who was added, who changed and who was deleted since, and nobody else", async () => {
    const { differencesUrl: url } = await listMemberships(stage.client);
    const { contextId } = stage.course;
    const [gone = "", changed = ""] = stage.learners;
    await stage.platform.changeRoster({
      contextId,
      remove: [gone],
      update: [{ userId: changed, roles: ["Instructor"] }],
      add: [{ userId: "new", name: "Grace" }],
    });
    const { memberships, complete } = await listMemberships(stage.client, { url });
    const statuses = memberships.map(({ userId, status }) => [userId, status]);
    expect(new Map(statuses as [string, string][])).toEqual(
      new Map([
        [gone, "deleted"],
        [changed, "active"],
        ["new", "active"],
      ]),
    );
    expect(complete).toBe(true);
  });

  test("gives the next link with the differences", async () => {
    const { differencesUrl: first } = await listMemberships(stage.client);
    const { contextId } = stage.course;
    await stage.platform.changeRoster({ contextId, remove: stage.learners.slice(0, 1) });
    const { differencesUrl: second } = await listMemberships(stage.client, { url: first });
    const { memberships } = await listMemberships(stage.client, { url: second });
    expect(second).not.toBe(first);
    expect(memberships).toEqual([]);
  });

  test("says that a link is gone, so that the whole roster can be read instead", async () => {
    const { differencesUrl: url } = await listMemberships(stage.client);
    await stage.platform.misbehave({ kind: "not_found", route: "differences" });
    await expect(listMemberships(stage.client, { url })).rejects.toThrow(ResourceGone);
  });

  test("does without it where the platform offers none", async () => {
    await stage.platform.misbehave({ kind: "no_differences" });
    const roster = await listMemberships(stage.client);
    expect(roster.complete).toBe(true);
    expect(roster.differencesUrl).toBeUndefined();
  });
});
