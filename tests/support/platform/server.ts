import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { answer } from "./answer.ts";
import { control } from "./control/control.ts";
import type { Reply } from "./http/reply.ts";
import { readRequest } from "./http/request.ts";
import { generatePlatformKey } from "./oauth/platform-key.ts";
import { platformOptionsSchema, type PlatformOptions } from "./options.ts";
import { applyProfile } from "./profiles.ts";
import { createState, type PlatformState } from "./state.ts";

export type Platform = {
  state: PlatformState;
  /** Starts to listen and answers the platform's URL. */
  listen: () => Promise<string>;
  close: () => Promise<void>;
};

/** An LTI platform in this process; nothing listens until `listen` is called. */
export async function createPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const resolved = platformOptionsSchema.parse(options);
  const state = createState(resolved, await generatePlatformKey());
  if (resolved.profile) applyProfile(state, resolved.profile);
  const server = createServer((message, response) => void serve(state, message, response));
  // Longer than any client keeps an idle connection, so that none is closed under a request.
  server.keepAliveTimeout = 120_000;
  return { state, listen: () => listen(server, state), close: () => close(server) };
}

async function serve(
  state: PlatformState,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const request = await readRequest(message);
    const isControl = request.url.pathname.startsWith("/_control/");
    const reply = isControl ? await control(state, request) : await answer(state, request);
    send(response, reply);
  } catch (error) {
    if (message.destroyed && !message.complete) return;
    console.error("platform simulator:", error);
    response.writeHead(500).end();
  }
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply.cut === "now") {
    response.socket?.destroy();
    return;
  }
  // As bytes: Node writes a text body together with the head, and then in the body's encoding.
  const plain = Buffer.from(reply.body);
  const body = reply.isGzipped ? gzipSync(plain) : plain;
  const headers = { ...reply.headers, "Content-Length": body.length };
  if (reply.reason === undefined) response.writeHead(reply.status, headers);
  else response.writeHead(reply.status, headerText(reply.reason), headers);
  if (reply.cut === "midway") {
    response.write(body.subarray(0, body.length / 2), () => response.socket?.destroy());
  } else {
    response.end(body);
  }
}

/** UTF-8 in the one-byte form that Node writes; control characters cannot stand there. */
function headerText(text: string): string {
  const printable = [...text].filter((character) => character >= " " && character !== "\x7f");
  return Buffer.from(printable.join("")).toString("latin1");
}

async function listen(server: Server, state: PlatformState): Promise<string> {
  const { port, host } = state.options;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  state.url = `http://${host}:${(server.address() as AddressInfo).port}`;
  return state.url;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
