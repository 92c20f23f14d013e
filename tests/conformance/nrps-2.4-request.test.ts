import { describe, expect, test } from "vitest";
import { listMemberships } from "#lib/lti/index.ts";
import { useServiceStage } from "#tests/support/service-stage.ts";

const LEARNER = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner";

describe("NRPS 2.0 §2.4 Using the service", () => {
  const stage = useServiceStage();

  test("sends a GET to the endpoint that names the media type, with the token", async () => {
    await listMemberships(stage.client);
    const [request] = await stage.sent();
    expect(request).toMatchObject({ method: "GET", route: "memberships", query: "", body: "" });
    expect(request?.headers).toMatchObject({
      accept: "application/vnd.ims.lti-nrps.v2.membershipcontainer+json",
      authorization: expect.stringMatching(/^Bearer /),
    });
    expect(request?.headers).not.toHaveProperty("content-type");
  });

  test("keeps the query that the endpoint has, to the letter", async () => {
    const contextMembershipsUrl = `${stage.course.membershipsUrl}?tool=a%2Fb&x=1+2`;
    const endpoints = { memberships: { contextMembershipsUrl } };
    const client = await stage.connect({ endpoints });
    await listMemberships(client, { role: "Learner", limit: 5 });
    const [request] = await stage.sent({ route: "memberships" });
    expect(request?.query).toBe("tool=a%2Fb&x=1+2&role=Learner&limit=5");
  });
});

describe("NRPS 2.0 §2.4.1 Role query parameter", () => {
  const stage = useServiceStage({ course: { members: 12, instructors: 2 } });

  test.each([
    ["a short name", "Learner", "role=Learner"],
    ["a URI", LEARNER, `role=${encodeURIComponent(LEARNER)}`],
  ])("asks for one role by %s, and gets its members alone", async (_case, role, query) => {
    const { memberships, complete } = await listMemberships(stage.client, { role });
    const [request] = await stage.sent();
    expect(request?.query).toBe(query);
    expect(memberships.map(({ userId }) => userId)).toEqual(stage.learners);
    expect(complete).toBe(true);
  });

  test("reads short names and URIs as the same roles", async () => {
    const { memberships: byUri } = await listMemberships(stage.client);
    await stage.platform.misbehave({ kind: "roles_as", style: "short" });
    const { memberships: byName } = await listMemberships(stage.client);
    expect(byName).toEqual(byUri);
    expect(byUri.at(-1)?.roles).toEqual([LEARNER]);
  });
});
