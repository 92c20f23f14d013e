import { expect, test } from "vitest";
import { CLIENT_ADDRESS_HEADER, resolveForwarded } from "#lib/auth/client-address.ts";
import { REQUEST_ID_HEADER } from "#lib/auth/request-facts.ts";

const publicUrl = "https://rollbook.example.edu";

function settled(
  headers: Record<string, string>,
  trustedProxies: number,
  from = "::ffff:10.0.0.1",
) {
  const request = { headers, socket: { remoteAddress: from } };
  resolveForwarded(request as unknown as Parameters<typeof resolveForwarded>[0], {
    publicUrl,
    trustedProxies,
  });
  return request.headers;
}

test("without a proxy the socket's address counts, and no header is believed", () => {
  const headers = settled(
    {
      "x-forwarded-for": "1.2.3.4",
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "http",
      forwarded: "for=1.2.3.4",
      [CLIENT_ADDRESS_HEADER]: "1.2.3.4",
      [REQUEST_ID_HEADER]: "made up",
    },
    0,
  );
  expect(headers).toEqual({
    "x-forwarded-host": "rollbook.example.edu",
    "x-forwarded-proto": "https",
    [CLIENT_ADDRESS_HEADER]: "10.0.0.1",
    [REQUEST_ID_HEADER]: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
});

test.each([
  { proxies: 1, list: "6.6.6.6, 198.51.100.7", address: "198.51.100.7" },
  { proxies: 2, list: "6.6.6.6, 198.51.100.7, 10.0.0.9", address: "198.51.100.7" },
  { proxies: 2, list: "198.51.100.7", address: "10.0.0.1" },
  { proxies: 1, list: "", address: "10.0.0.1" },
])("behind $proxies, of “$list” it is $address", ({ proxies, list, address }) => {
  expect(settled({ "x-forwarded-for": list }, proxies)[CLIENT_ADDRESS_HEADER]).toBe(address);
});
