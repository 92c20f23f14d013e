import { describe, expect, test } from "vitest";
import { isRefusedAddress } from "#lib/lti/index.ts";
import { guardedLookup } from "#lib/lti/fetch/address-guard.ts";

describe("isRefusedAddress", () => {
  test.each([
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.170",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:a9fe:a9fe",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::10.0.0.1",
    "::ffff:0:10.0.0.1",
    "2002:7f00:1::",
    "2001:db8::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "ff02::1",
    "not an address",
  ])("refuses %s", (address) => {
    expect(isRefusedAddress(address)).toBe(true);
  });

  test.each([
    "8.8.8.8",
    "100.63.255.255",
    "172.15.0.1",
    "172.32.0.1",
    "192.0.1.1",
    "193.0.0.1",
    "2606:4700::1111",
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
    "2002:808:808::",
  ])("lets %s through", (address) => {
    expect(isRefusedAddress(address)).toBe(false);
  });
});

describe("guardedLookup", () => {
  const lookup = (host: string, all: boolean) =>
    new Promise((resolve) => {
      guardedLookup(host, { all }, (error, address) => resolve(error ?? address));
    });

  test.each([true, false])("refuses a name that leads home (all: %s)", async (all) => {
    expect(await lookup("localhost", all)).toMatchObject({
      code: "lti.address_refused",
      host: "localhost",
    });
  });

  test("passes on that a name is unknown", async () => {
    expect(await lookup("no-such-host.invalid", true)).toMatchObject({
      syscall: "getaddrinfo",
    });
  });

  test.each([true, false])("gives an allowed address (all: %s)", async (all) => {
    const found = await lookup("8.8.8.8", all);
    expect(found).toEqual(all ? [{ address: "8.8.8.8", family: 4 }] : "8.8.8.8");
  });
});
