import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createPlatformFetch } from "#lib/lti/index.ts";
import type { LtiOptions } from "#lib/lti/index.ts";

/** A request as it came over the wire. */
export type SeenRequest = {
  method: string;
  url: URL;
  /** Path and query as written. */
  target: string;
  headers: Record<string, string>;
  body: string;
};

export type ScriptedReply = {
  status?: number;
  headers?: Record<string, string | string[]>;
  /** Objects are sent as JSON, text as it is. */
  body?: unknown;
};

type Script = (request: SeenRequest, index: number) => ScriptedReply | "cut";

/** A server that answers exactly what a test says, for what no real platform would answer. */
export type ScriptedPlatform = AsyncDisposable & {
  url: string;
  requests: SeenRequest[];
  options: LtiOptions;
  close(): Promise<void>;
};

export async function scriptedPlatform(script: Script): Promise<ScriptedPlatform> {
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    void readRequest(request).then((seen) => {
      requests.push(seen);
      answer(response, script(seen, requests.length - 1));
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const fetch = createPlatformFetch({ allowPrivateNetwork: true });
  const close = async () => {
    await fetch.close();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    options: { fetch },
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function readRequest(request: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const target = request.url ?? "/";
  return {
    method: request.method ?? "",
    url: new URL(target, `http://${request.headers.host}`),
    target,
    headers: request.headers as Record<string, string>,
    body: Buffer.concat(chunks).toString(),
  };
}

function answer(response: ServerResponse, reply: ScriptedReply | "cut"): void {
  if (reply === "cut") {
    response.destroy();
    return;
  }
  const { status = 200, headers = {}, body = "" } = reply;
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}
