import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";
import { createServer, type AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createPlatformFetch } from "#lib/lti/index.ts";

/** Ways to write a host that is ours, a neighbour's, or where a cloud tells its secrets. */
const HOSTS = [
  "127.0.0.1",
  "127.1",
  "127.0.1",
  "127.000.000.001",
  "127.255.255.254",
  "2130706433",
  "017700000001",
  "0x7f000001",
  "0x7f.0.0.1",
  "0177.0.0.1",
  "0x7f.1",
  "127.0.0.1.",
  "127。0。0。1",
  "①②⑦.⓪.⓪.①",
  "localhost",
  "LOCALHOST",
  "0",
  "0.0.0.0",
  "0x0",
  "00",
  "10.0.0.1",
  "10.255.255.255",
  "167772161",
  "0xa.0.0.1",
  "012.0.0.1",
  "100.64.0.1",
  "100.127.255.255",
  "168.63.129.16",
  "169.254.0.1",
  "169.254.169.254",
  "169.254.170.2",
  "2852039166",
  "0xa9fea9fe",
  "0251.0376.0251.0376",
  "169.254.43518",
  "172.16.0.1",
  "172.31.255.255",
  "192.0.0.1",
  "192.0.2.1",
  "192.88.99.1",
  "192.168.0.1",
  "192.168.257",
  "3232235521",
  "198.18.0.1",
  "198.51.100.1",
  "203.0.113.1",
  "224.0.0.1",
  "239.255.255.250",
  "240.0.0.1",
  "255.255.255.255",
  "[::]",
  "[::1]",
  "[0:0:0:0:0:0:0:1]",
  "[::127.0.0.1]",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
  "[::ffff:169.254.169.254]",
  "[::ffff:0:127.0.0.1]",
  "[64:ff9b::127.0.0.1]",
  "[64:ff9b::a9fe:a9fe]",
  "[64:ff9b:1::1]",
  "[100::1]",
  "[2001::1]",
  "[2001:db8::1]",
  "[2002:7f00:1::]",
  "[2002:a9fe:a9fe::]",
  "[3fff::1]",
  "[5f00::1]",
  "[fc00::1]",
  "[fd00:ec2::254]",
  "[fe80::1]",
  "[fec0::1]",
  "[ff02::1]",
];

const fetch = createPlatformFetch();
let connections = 0;
const server = createServer((socket) => {
  connections++;
  socket.destroy();
});
let port = 0;

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, listening));
  ({ port } = server.address() as AddressInfo);
});
afterAll(async () => {
  await fetch.close();
  server.close();
});

const refusal = (address: string) =>
  fetch(address, {
    method: "GET",
    headers: {},
    redirect: "manual",
    signal: AbortSignal.timeout(5_000),
  }).then(
    ({ status }) => `answered ${status}`,
    ({ code }: { code?: string }) => code,
  );

test("no spelling of an address within leads to a connection, by https or http", async () => {
  const addresses = HOSTS.flatMap((host) => [
    `https://${host}:${port}/`,
    `http://${host}:${port}/`,
  ]);
  expect(addresses.length).toBeGreaterThan(107);
  for (const address of addresses)
    expect([address, await refusal(address)]).toEqual([address, "lti.address_refused"]);
  expect(connections).toBe(0);
});

describe("a name whose addresses are", () => {
  const { lookup } = dns;
  afterEach(() => {
    dns.lookup = lookup;
    syncBuiltinESMExports();
  });

  test.each([
    ["private", ["10.0.0.1"]],
    ["one public and one private", ["8.8.8.8", "192.168.1.1"]],
    ["of this machine", ["127.0.0.1"]],
    ["a cloud's metadata", ["169.254.169.254"]],
    ["mapped", ["::ffff:127.0.0.1"]],
    ["scoped", ["fe80::1%eth0"]],
    ["behind NAT64", ["64:ff9b::7f00:1"]],
    ["of 6to4", ["2002:7f00:1::"]],
  ])("%s is refused after one look-up, unconnected", async (_what, answers) => {
    let lookups = 0;
    const answer = answers.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    dns.lookup = ((_host: string, _options: object, callback: (...told: unknown[]) => void) => {
      lookups++;
      callback(null, answer);
    }) as typeof lookup;
    syncBuiltinESMExports();
    expect(await refusal(`https://lms.example.edu:${port}/`)).toBe("lti.address_refused");
    expect({ lookups, connections }).toEqual({ lookups: 1, connections: 0 });
  });
});
