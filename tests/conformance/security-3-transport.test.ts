import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { describe, expect, test } from "vitest";
import {
  EndpointInvalid,
  PlatformUnavailable,
  RegistrationInvalid,
  createPlatformFetch,
  createRegistration,
  fetchPublicJson,
  validateEndpoints,
} from "#lib/lti/index.ts";
import { offeredTlsVersions } from "./support/client-hello.ts";
import { useServiceStage } from "#tests/support/service-stage.ts";

describe("Security Framework 1.0 §3 Transport security", () => {
  const stage = useServiceStage();

  test("offers TLS 1.3 and TLS 1.2, and nothing older", async () => {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const greeting = once(server, "connection").then(async ([socket]: Socket[]) => {
      const [hello] = (await once(socket as Socket, "data")) as [Buffer];
      socket?.destroy();
      return hello;
    });
    const { port } = server.address() as AddressInfo;
    const fetch = createPlatformFetch({ allowPrivateNetwork: true });
    const reading = fetchPublicJson(`https://127.0.0.1:${port}/`, { fetch });
    await expect(reading).rejects.toThrow(PlatformUnavailable);
    expect(offeredTlsVersions(await greeting)).toEqual(["1.3", "1.2"]);
    server.close();
    await fetch.close();
  });

  test.each(["issuer", "tokenEndpoint", "authorizationEndpoint", "jwksUrl"])(
    "takes no registration whose %s is plain http",
    (field) => {
      const input = {
        ...stage.registration,
        issuer: "https://lms.example.edu",
        tokenEndpoint: "https://lms.example.edu/token",
        allowHttp: false,
      };
      expect(createRegistration(input)).toMatchObject({ allowHttp: false });
      const plain = { ...input, [field]: "http://lms.example.edu/x" };
      expect(() => createRegistration(plain)).toThrow(RegistrationInvalid);
    },
  );

  test("takes no service endpoint that is plain http", () => {
    const memberships = { contextMembershipsUrl: "http://lms.example.edu/m" };
    expect(() => validateEndpoints({ memberships }, { allowHttp: false })).toThrow(EndpointInvalid);
  });
});
