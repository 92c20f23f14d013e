import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { AccessTokenRejected, TokenReplyMalformed, listMemberships } from "#lib/lti/index.ts";
import type { Exchange } from "#lib/lti/index.ts";
import { scriptedPlatform } from "#tests/lib/lti/support/scripted-platform.ts";
import { useServiceStage } from "#tests/support/service-stage.ts";

describe("Security Framework 1.0 §4.1.1.1 The access token is opaque", () => {
  const stage = useServiceStage();

  test.each(["dkj4985kjaIAJDJ89kl8rkn5", "eyJhbGciOiJub25lIn0.eyJleHAiOjF9.", "a|b:c;d=/+~"])(
    "sends %s back to the letter, whatever it looks like",
    async (token) => {
      await using platform = await scriptedPlatform(({ url }) =>
        url.pathname === "/token"
          ? { body: { access_token: token, token_type: "bearer", expires_in: 3600 } }
          : { body: { id: "x", context: { id: "1" }, members: [] } },
      );
      const client = await stage.connect({
        registration: { tokenEndpoint: `${platform.url}/token` },
        endpoints: { memberships: { contextMembershipsUrl: `${platform.url}/m` } },
      });
      await listMemberships(client);
      expect(platform.requests[1]?.headers["authorization"]).toBe(`Bearer ${token}`);
    },
  );

  test("refuses a token that no header can carry", async () => {
    await using platform = await scriptedPlatform(() => ({
      body: { access_token: "two\nlines", token_type: "bearer", expires_in: 3600 },
    }));
    const asking = stage.connect({ registration: { tokenEndpoint: `${platform.url}/token` } });
    await expect(asking).rejects.toThrow(TokenReplyMalformed);
  });

  test("shows neither token nor assertion in errors, clients or records of exchanges", async () => {
    const exchanges: Exchange[] = [];
    const options = { onExchange: (exchange: Exchange) => exchanges.push(exchange) };
    const client = await stage.connect({ options });
    const { token } = client.accessToken;
    await stage.platform.revokeTokens({});
    const reading = listMemberships(client);
    await expect(reading).rejects.toThrow(AccessTokenRejected);
    const error = await reading.catch((reason: unknown) => reason);
    for (const shown of [error, client, exchanges, JSON.parse(JSON.stringify(client))]) {
      expect(inspect(shown, { depth: 9, showHidden: false })).not.toContain(token);
    }
    expect(inspect(exchanges, { depth: 9 })).not.toMatch(/eyJ/);
  });
});
