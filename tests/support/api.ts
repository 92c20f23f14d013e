import type { z } from "zod";
import { answerApi } from "../../app/_server/rest/answer.ts";
import type { ProblemDetails } from "../../app/_server/rest/problems/problem-schema.ts";
import { readEnv } from "#lib/env.ts";
import { startRuntime, type Runtime } from "#lib/runtime.ts";
import { shutDown } from "#lib/shutdown.ts";
import { createTestDatabase } from "./database.ts";
import { TEST_SECRET } from "./installation.ts";

export const API_URL = "https://rollbook.example.edu";
export const API_KEY = "rbk_test_0123456789abcdef0123456789abcdef";
export const OPERATOR = { email: "ada@example.edu", password: "a password of the tests" };

export type Asked = {
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is. */
  body?: BodyInit;
  headers?: Record<string, string>;
  /** Null: without any. */
  key?: string | null;
};

export type Refusal = z.output<typeof ProblemDetails> & { fields: Record<string, string[]> };
export type Answered<Body> = { status: number; headers: Headers; body: Body };

export type Api = {
  runtime: Runtime;
  /** Asks a path below /api/v1 with the installation's API key; `Body` is what should come. */
  ask<Body = Refusal>(method: string, path: string, asked?: Asked): Promise<Answered<Body>>;
  /** The cookie of an operator who has just signed in. */
  signIn(): Promise<string>;
  stop(): Promise<void>;
};

/** The whole product in this process, on a database of its own, without a web server before it. */
export async function startApi(given: { isWorker?: boolean } = {}): Promise<Api> {
  const database = await createTestDatabase({ maxConnections: 2 });
  const runtime = await startRuntime(
    readEnv({
      DATABASE_URL: database.url,
      ROLLBOOK_URL: API_URL,
      ROLLBOOK_SECRET: TEST_SECRET,
      ROLLBOOK_ADMIN_EMAIL: OPERATOR.email,
      ROLLBOOK_ADMIN_PASSWORD: OPERATOR.password,
      ROLLBOOK_API_KEY: API_KEY,
      ROLLBOOK_ALLOW_PRIVATE_NETWORK: "on",
      ROLLBOOK_WORKER: given.isWorker ? "on" : "off",
      ROLLBOOK_LOG_LEVEL: "silent",
    }),
    { checkRows: true },
  );
  return {
    runtime,
    ask,
    async signIn() {
      const { setCookie } = await runtime.signIn.signIn(OPERATOR, new Headers());
      return setCookie.map((cookie) => cookie.split(";", 1)[0]).join("; ");
    },
    async stop() {
      await shutDown();
      await database.drop();
    },
  };
}

async function ask<Body>(method: string, path: string, asked: Asked = {}): Promise<Answered<Body>> {
  const response = await answerApi(requestOf(method, `/api/v1${path}`, asked));
  const text = await response.text();
  const body = (text === "" ? null : JSON.parse(text)) as Body;
  return { status: response.status, headers: response.headers, body };
}

export function requestOf(method: string, path: string, asked: Asked = {}): Request {
  const { json, key = API_KEY } = asked;
  const headers = new Headers(asked.headers);
  if (key !== null) headers.set("authorization", `Bearer ${key}`);
  if (json !== undefined && !headers.has("content-type")) {
    headers.set("content-type", "application/json");
  }
  const body = json === undefined ? asked.body : JSON.stringify(json);
  return new Request(new URL(path, API_URL), {
    method,
    headers,
    body,
    ...(body instanceof ReadableStream && { duplex: "half" }),
  });
}
