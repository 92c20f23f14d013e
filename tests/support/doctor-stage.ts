import { createServer, type Server } from "node:http";
import type { Server as SecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { FULL_ACCESS } from "#lib/auth/rights.ts";
import type { Registration } from "#lib/db/generated/client.ts";
import { publishedJwks } from "#lib/db/keys/signing-keys.ts";
import { createPlatformFetch, generateSigningKey } from "#lib/lti/index.ts";
import type { Caller } from "#lib/operations/caller.ts";
import {
  getConnectionTest,
  testConnection,
} from "#lib/operations/connection-tests/connection-tests.ts";
import type { ConnectionTestView } from "#lib/operations/connection-tests/schema.ts";
import { createRegistrationLoader } from "#lib/sync/tokens/connect.ts";
import { createDoctor } from "#lib/sync/connection-tests/doctor.ts";
import { addCourse, register, startInstallation, type Installation } from "./installation.ts";
import { startPlatformInProcess, type PlatformClient } from "./platform/index.ts";
import { ALL_SCOPES } from "./platform/wire.ts";
import { selfSignedServer } from "./self-signed.ts";

type Keys = "ours" | "others" | "page" | "nothing";

/** An installation registered on a platform with one course, and what can be made wrong there. */
export class DoctorStage {
  #keys: Keys = "ours";
  readonly #servers: (Server | SecureServer)[] = [];
  registration!: Registration;

  private constructor(
    readonly installation: Installation,
    readonly platform: PlatformClient,
  ) {}

  static async start(): Promise<DoctorStage> {
    const installation = await startInstallation({ isWorker: false });
    const stage = new DoctorStage(installation, await startPlatformInProcess());
    await stage.#serveOurKeys();
    return stage;
  }

  /** A registration of its own for each fault, on a platform that behaves. */
  async set({ profile = "canvas", hasCourse = true } = {}): Promise<void> {
    await this.platform.reset();
    this.#keys = "ours";
    this.registration = await register(this.installation, this.platform, { profile });
    if (!hasCourse) return;
    const course = { title: "Biology 101", members: 12, lineItems: 2 };
    await addCourse(this.installation, this.platform, this.registration, course);
  }

  /** Changes what the operator entered. */
  async enter(data: Partial<Registration>): Promise<void> {
    const { prisma } = this.installation.db;
    const where = { id: this.registration.id };
    this.registration = await prisma.registration.update({
      where,
      data: data as { name?: string },
    });
  }

  /** Changes what the platform knows of us. */
  async registerAgain(given: { jwksUrl?: string; without?: string[] }): Promise<void> {
    const keys = await publishedJwks(this.installation.db);
    const name = crypto.randomUUID();
    const { jwksUrl } = await this.platform.hostToolJwks({ name, jwks: { keys } });
    const { clientId } = await this.platform.addRegistration({
      clientId: name,
      jwksUrl: given.jwksUrl ?? jwksUrl,
      allowedScopes: ALL_SCOPES.filter((scope) => !given.without?.includes(scope)),
    });
    await this.enter({ clientId });
  }

  serveKeys(keys: Keys): void {
    this.#keys = keys;
  }

  async otherKeys(): Promise<string> {
    const { publicJwk } = await generateSigningKey();
    const jwks = { keys: [{ ...publicJwk }] };
    return (await this.platform.hostToolJwks({ name: crypto.randomUUID(), jwks })).jwksUrl;
  }

  /** An address where nobody listens any more. */
  async closedAddress(): Promise<string> {
    const server = createServer();
    const url = await listening(server, "http");
    await new Promise((closed) => server.close(closed));
    return `${url}/token`;
  }

  async selfSignedAddress(): Promise<string> {
    const server = selfSignedServer();
    this.#servers.push(server);
    return `${await listening(server, "https")}/token`;
  }

  get caller(): Caller {
    const { db, engine } = this.installation;
    return {
      actor: {
        kind: "operator",
        id: "1",
        name: "Ada Operator",
        email: "ada@example.edu",
        access: FULL_ACCESS,
      },
      db,
      engine,
      settings: {
        publicUrl: this.#keys === "nothing" ? "http://127.0.0.1:9" : this.publicUrl,
        allowPrivateNetwork: true,
        isDemo: false,
        isDatabaseEmbedded: false,
      },
      now: () => new Date(),
    };
  }

  publicUrl = "";

  /** Runs a test to its end, as an operator starts it. */
  async test({ isGuarded = false } = {}): Promise<ConnectionTestView> {
    const guarded = isGuarded ? this.#guardedDoctor() : undefined;
    const caller = guarded
      ? { ...this.caller, engine: { ...this.caller.engine, testConnection: guarded.perform } }
      : this.caller;
    await testConnection(caller, { registrationId: this.registration.id });
    return this.finished();
  }

  /** The latest test once it has ended; the wait is bounded by the time limit of whoever waits. */
  async finished(): Promise<ConnectionTestView> {
    for (;;) {
      const registrationId = this.registration.id;
      const test = await getConnectionTest(this.caller, { registrationId });
      if (test && test.state !== "running") return test;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async stop({ isEngineStopped = false } = {}): Promise<void> {
    await (isEngineStopped ? this.installation.database.drop() : this.installation.stop());
    await this.platform.stop();
    for (const server of this.#servers) server.close();
  }

  /** The same engine where private networks are out of bounds. */
  #guardedDoctor() {
    const { db, sealer, errors } = this.installation;
    const reach = { db, sealer, allowPrivateNetwork: false };
    return createDoctor({
      ...reach,
      lti: { fetch: createPlatformFetch({ allowPrivateNetwork: false }) },
      loadRegistration: createRegistrationLoader(reach),
      onError: (error) => errors.push(error),
    });
  }

  async #serveOurKeys(): Promise<void> {
    const server = createServer((_request, response) => {
      void this.#keySet().then((body) => response.end(body));
    });
    this.#servers.push(server);
    this.publicUrl = await listening(server, "http");
  }

  async #keySet(): Promise<string> {
    if (this.#keys === "page") return "<html><title>Sign in</title></html>";
    const others = [(await generateSigningKey()).publicJwk];
    const keys = this.#keys === "ours" ? await publishedJwks(this.installation.db) : others;
    return JSON.stringify({ keys });
  }
}

async function listening(server: Server | SecureServer, scheme: string): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
