import { describe, expect, test } from "vitest";
import { AccessTokenExpired, AccessTokenRejected, listMemberships } from "#lib/lti/index.ts";
import { useServiceStage } from "#tests/support/service-stage.ts";

describe("Security Framework 1.0 §7.1.1 Expires_in values and renewing the access token", () => {
  const stage = useServiceStage();
  let now = new Date();
  const options = { now: () => now };
  const later = (seconds: number) => (now = new Date(now.getTime() + seconds * 1_000));

  test.each([
    ["an hour by the reply", 3_600, 3_539, 2],
    ["a minute by the reply", 60, 53, 2],
  ])("leaves a margin for clock skew on a token of %s", async (_case, seconds, still, over) => {
    now = new Date();
    await stage.platform.misbehave({ kind: "token_lifetime", seconds });
    const client = await stage.connect({ options });
    later(still);
    expect(client.isExpired).toBe(false);
    later(over);
    expect(client.isExpired).toBe(true);
    expect(client.expiresAt.getTime()).toBeGreaterThan(now.getTime());
  });

  test("takes an hour where the reply names no time", async () => {
    await stage.platform.misbehave({ kind: "expires_in_reply", as: "absent" });
    const { accessToken } = await stage.connect();
    expect(accessToken.expiresAt.getTime() - accessToken.obtainedAt.getTime()).toBe(3_600_000);
  });

  test("sends nothing with an expired token, and asks anew with a new assertion", async () => {
    now = new Date();
    const client = await stage.connect({ options });
    later(3_600);
    await expect(listMemberships(client)).rejects.toThrow(AccessTokenExpired);
    expect(await stage.sent({ route: "memberships" })).toEqual([]);
    now = new Date();
    const renewed = await client.forceRefresh();
    expect(await listMemberships(renewed)).toMatchObject({ complete: true });
    const [first, second] = await stage.sent({ route: "token" });
    const parameters = [...new URLSearchParams(second?.body).keys()];
    expect(parameters).not.toContain("refresh_token");
    expect(second?.assertion?.claims).not.toEqual(first?.assertion?.claims);
  });

  test("learns of an expiry from a refused request too", async () => {
    await stage.platform.misbehave({ kind: "lying_expires_in", realSeconds: 0.001 });
    const client = await stage.connect();
    await expect(listMemberships(client)).rejects.toThrow(AccessTokenRejected);
  });
});
