import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import next from "next";
import { resolveForwarded, type Forwarding } from "#lib/auth/client-address.ts";
import { createAddressLimits, type AddressLimitSettings } from "#lib/auth/limits/address-limits.ts";
import { limitHeaders, type LimitState } from "#lib/auth/limits/request-limit.ts";
import { logAccess, type AccessLine } from "./access-log.ts";

export interface WebServer {
  port: number;
  /** Answers what is under way, refuses what comes after it (503), and stops. */
  close(): Promise<void>;
}

const graceMs = 5_000;
const oneYearSeconds = 31_536_000;

/** Serves the built console from this process. */
export async function startWebServer(
  options: Forwarding & {
    port: number;
    /** The address to listen on; all of them where absent. */
    host?: string;
    limits: AddressLimitSettings;
    /** Called for each request that was answered. */
    onAnswered?: (line: AccessLine) => void;
  },
): Promise<WebServer> {
  const server = createServer();
  const app = next({ dev: false, dir: process.cwd(), port: options.port, httpServer: server });
  await app.prepare();
  const answer = app.getRequestHandler();
  const isHttps = options.publicUrl.startsWith("https:");
  const overLimit = createAddressLimits(options.limits);
  let isClosing = false;
  server.on("request", async (request, response) => {
    if (isClosing) return refuse(response);
    // Not among Next's headers: those are fixed by the build, the public address is not.
    if (isHttps) response.setHeader("Strict-Transport-Security", `max-age=${oneYearSeconds}`);
    resolveForwarded(request, options);
    if (options.onAnswered) logAccess(request, response, options.onAnswered);
    const over = await overLimit(request);
    if (over) return refuseMore(response, over);
    void answer(request, response);
  });
  await listen(server, options);
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      isClosing = true;
      await closeServer(server);
      await app.close();
    },
  };
}

/** On a connection that was open already: another process, or this one started again, answers. */
function refuse(response: ServerResponse): void {
  response.writeHead(503, { "retry-after": "5", connection: "close", "content-length": "0" });
  response.end();
}

function refuseMore(response: ServerResponse, state: LimitState): void {
  const body = `Too many requests from this address; try again in ${state.resetSeconds} s.\n`;
  response.writeHead(429, {
    ...limitHeaders(state),
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
  });
  response.end(body);
}

function listen(server: Server, at: { port: number; host?: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(at.port, at.host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const impatience = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(impatience);
      resolve();
    });
    server.closeIdleConnections();
  });
}
