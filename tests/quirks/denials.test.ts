import { describe, expect, test } from "vitest";
import {
  AccessDenied,
  AccessTokenRejected,
  WrongContext,
  deleteLineItem,
  listLineItems,
  listMemberships,
  postScore,
  streamMemberships,
} from "#lib/lti/index.ts";
import { scoreFor, useServiceStage } from "#tests/support/service-stage.ts";

const resourceLinks = [{ id: "link-1" }];
const lineItems = [{ label: "Coupled", resourceLinkId: "link-1" }];

describe("a 401 that is not expiry", () => {
  const stage = useServiceStage({ course: { resourceLinks, lineItems } });
  const neverRenewed = () => expect.unreachable("a new token would not help");

  test("a lost Authorization header is told, and no token replaced [Learn-LTI#113, pylti1.3#80, pylti1.3#135, ltijs#31]", async () => {
    await stage.platform.misbehave({ kind: "strip_authorization" });
    const walk = async () => {
      for await (const page of streamMemberships(stage.client, { renew: neverRenewed })) void page;
    };
    await expect(walk()).rejects.toMatchObject({ hint: "authorization_header_lost" });
    expect(await stage.sent({ route: "token" })).toEqual([]);
  });

  test("a token of another context is told from a dead one [Canvas code]", async () => {
    await stage.platform.misbehave({ kind: "wrong_context" });
    await expect(listMemberships(stage.client)).rejects.toThrow(WrongContext);
    await stage.platform.behave();
    await stage.platform.misbehave({ kind: "foreign_course_as", style: "canvas_401" });
    const { membershipsUrl } = await stage.platform.addCourse({ clientIds: ["another"] });
    const endpoints = { memberships: { contextMembershipsUrl: membershipsUrl } };
    const client = stage.client.withEndpoints(endpoints);
    await expect(listMemberships(client)).rejects.toThrow(WrongContext);
  });

  test("a coupled line item is told from a dead token [Canvas code]", async () => {
    await stage.platform.misbehave({ kind: "coupled_delete_refused" });
    const deleting = deleteLineItem(stage.client, { lineItemUrl: stage.lineItemUrl, force: true });
    await expect(deleting).rejects.toThrow(AccessDenied);
    await expect(deleting).rejects.toMatchObject({ hint: "coupled_line_item" });
  });

  test("a token that is revoked within a batch is told after the last accepted score [ltijs#179, packbackbooks/lti-1-3-php-library#20]", async () => {
    await stage.platform.misbehave({ kind: "revoke_after_score", from: 2, times: 1 });
    const [first, second, third] = stage.learners;
    await postScore(stage.client, scoreFor(first));
    await postScore(stage.client, scoreFor(second));
    await expect(postScore(stage.client, scoreFor(third))).rejects.toThrow(AccessTokenRejected);
    expect((await stage.platform.counts()).scoresAccepted).toBe(2);
  });

  test("a revoked token is told from all these [ltijs#179]", async () => {
    await listMemberships(stage.client);
    await stage.platform.revokeTokens({});
    await expect(listMemberships(stage.client)).rejects.toThrow(AccessTokenRejected);
  });
});

describe("a 403", () => {
  const stage = useServiceStage();

  test("for a course that is not published says so [PrairieLearn#11292]", async () => {
    const words = "the course is not published";
    await stage.platform.misbehave({ kind: "forbidden", words });
    await expect(listMemberships(stage.client)).rejects.toMatchObject({
      code: "lti.access_denied",
      hint: "course_unavailable",
      excerpt: expect.stringContaining(words),
    });
  });

  test("without a User-Agent does not happen [Instructure change log, January 2026]", async () => {
    await stage.platform.misbehave({ kind: "require_user_agent" });
    const client = await stage.connect();
    expect(await listMemberships(client)).toMatchObject({ complete: true });
    const named = await stage.connect({ options: { userAgent: "Example Tool/1.0" } });
    await listMemberships(named);
    const agents = (await stage.sent()).map(({ headers }) => headers["user-agent"]);
    expect(agents.every((agent) => agent !== undefined && agent !== "")).toBe(true);
    expect(agents.at(-1)).toBe("Example Tool/1.0");
  });

  test("for reading with lineitem alone names the scope [hypothesis/lms: Moodle]", async () => {
    await stage.platform.misbehave({ kind: "readonly_scope_required" });
    const { grades } = stage.endpoints;
    const scopes = grades.scopes.filter((scope) => !scope.endsWith("readonly"));
    const client = await stage.connect({ endpoints: { grades: { ...grades, scopes } } });
    await expect(listLineItems(client)).rejects.toMatchObject({
      code: "lti.insufficient_scope",
      scope: expect.stringMatching(/lineitem\.readonly$/),
    });
  });
});

describe("a platform that asks for patience", () => {
  const stage = useServiceStage();

  test.each([
    ["429_seconds", 60],
    ["429_date", 60],
    ["429_bare", 30],
    ["canvas_403", 30],
  ] as const)(
    "is heard when it throttles by %s [canvasapi#704, canvas-lms#1107]",
    async (as, wait) => {
      await stage.platform.misbehave({ kind: "rate_limited", as, retryAfterSec: 60 });
      const error: unknown = await listMemberships(stage.client).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: "lti.rate_limited" });
      const waitMs = (error as { retryAt: Date }).retryAt.getTime() - Date.now();
      expect(Math.abs(waitMs - wait * 1_000)).toBeLessThan(5_000);
    },
  );

  test("is let alone until then, and lets in again [D2L kb 23661]", async () => {
    await stage.platform.misbehave({ kind: "throttle", perSec: 2, burst: 1, as: "429_bare" });
    await listMemberships(stage.client);
    await expect(listMemberships(stage.client)).rejects.toMatchObject({ code: "lti.rate_limited" });
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(await listMemberships(stage.client)).toMatchObject({ complete: true });
  });

  test("shows its allowance in the record of the exchange [canvasapi#704]", async () => {
    await stage.platform.misbehave({ kind: "rate_limit_headers", remaining: 12.5, cost: 0.3 });
    const seen: Record<string, string>[] = [];
    const client = await stage.connect({
      options: { onExchange: ({ responseHeaders }) => seen.push(responseHeaders) },
    });
    await listMemberships(client);
    expect(seen.at(-1)).toMatchObject({
      "x-rate-limit-remaining": "12.5",
      "x-request-cost": "0.3",
    });
  });
});
