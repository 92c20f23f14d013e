import { describe, expect, test } from "vitest";
import { AccessDenied, ResourceGone, listMemberships } from "#lib/lti/index.ts";
import { useServiceStage } from "#tests/support/service-stage.ts";

const resourceLinks = [{ id: "49566-rkk96", title: "Quiz", custom: { country: "Canada" } }];
const resourceLinkId = "49566-rkk96";

describe("NRPS 2.0 §3 Resource link membership service", () => {
  const stage = useServiceStage({ course: { members: 6, resourceLinks } });

  test("asks the context's endpoint with rlid, together with role and limit", async () => {
    await listMemberships(stage.client, { resourceLinkId, role: "Learner", limit: 10 });
    const [request] = await stage.sent();
    expect(request).toMatchObject({
      route: "memberships",
      query: "role=Learner&limit=10&rlid=49566-rkk96",
    });
  });
});

describe("NRPS 2.0 §3.1 Access restriction", () => {
  const stage = useServiceStage({ course: { members: 6, resourceLinks } });

  test("reports a link that is not in this context, or not this tool's", async () => {
    const asking = () => listMemberships(stage.client, { resourceLinkId: "elsewhere" });
    await expect(asking()).rejects.toThrow(ResourceGone);
    await stage.platform.misbehave({ kind: "forbidden", words: "not your link" });
    await expect(asking()).rejects.toThrow(AccessDenied);
    await expect(asking()).rejects.toMatchObject({ excerpt: expect.stringContaining("not your") });
  });
});

describe("NRPS 2.0 §3.2 Message section", () => {
  const stage = useServiceStage({ course: { members: 6, resourceLinks } });

  test("reads each member's messages as LTI 1.3 claims", async () => {
    const { memberships } = await listMemberships(stage.client, { resourceLinkId });
    for (const { userId, messages } of memberships) {
      expect(messages).toEqual([
        {
          "https://purl.imsglobal.org/spec/lti/claim/message_type": "LtiResourceLinkRequest",
          "https://purl.imsglobal.org/spec/lti/claim/resource_link": {
            id: resourceLinkId,
            title: "Quiz",
          },
          "https://purl.imsglobal.org/spec/lti/claim/custom": {
            country: "Canada",
            user_id: userId,
          },
        },
      ]);
    }
  });

  test("finds none in the roster of the context", async () => {
    const { memberships } = await listMemberships(stage.client);
    expect(memberships.every(({ messages }) => messages === undefined)).toBe(true);
  });
});

describe("NRPS 2.0 §3.3 Membership filtered", () => {
  const stage = useServiceStage({ course: { members: 6, inactive: 2, resourceLinks } });

  test("takes the members with access to the link for a whole answer of their own", async () => {
    await stage.platform.misbehave({ kind: "active_only" });
    const { memberships, complete } = await listMemberships(stage.client, { resourceLinkId });
    expect(memberships).toHaveLength(4);
    expect(complete).toBe(true);
  });
});
