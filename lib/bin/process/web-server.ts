import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import next from "next";
import { resolveForwarded, type Forwarding } from "#lib/auth/client-address.ts";
import { createAddressLimits, type AddressLimitSettings } from "#lib/auth/limits/address-limits.ts";
import { limitHeaders, type LimitState } from "#lib/auth/limits/request-limit.ts";
import { setPagePolicy, type PagePolicy } from "#lib/auth/page-policy.ts";
import { logAccess, type AccessLine } from "./access-log.ts";

export interface WebServer {
  port: number;
  /** Refuses what comes from now on (503), answers what is under way, and stops. */
  close(): Promise<void>;
}

/** So long a closing server still says so: to who keeps a connection, or was about to make one. */
const farewellMs = 1_000;
/** Longer than any answer should take; what is not there by then is cut off. */
const graceMs = 15_000;
const lookMs = 50;
const oneYearSeconds = 31_536_000;
const LAUNCHED_PAGE = "/lti/course";

/** Serves the console from this process: as it was built, or in development as it is. */
export async function startWebServer(
  options: Forwarding & {
    port: number;
    /** The address to listen on; all of them where absent. */
    host?: string;
    /** As `npm run dev` serves it: from the sources, made anew as they change. */
    isDevelopment?: boolean;
    limits: AddressLimitSettings;
    /** Whether a session that was given out here is among a request's cookies. */
    isSession: (cookies: string) => boolean;
    /** The origins that may frame the page of a launch. */
    framersOf: (launch: string) => Promise<readonly string[]>;
    /** Called for each request that was answered. */
    onAnswered?: (line: AccessLine) => void;
  },
): Promise<WebServer> {
  const server = createServer();
  const { isDevelopment = false } = options;
  const app = next({
    dev: isDevelopment,
    dir: process.cwd(),
    port: options.port,
    httpServer: server,
  });
  await app.prepare();
  const answer = app.getRequestHandler();
  const isHttps = options.publicUrl.startsWith("https:");
  const overLimit = createAddressLimits(options.limits, options.isSession);
  const underWay = new Set<ServerResponse>();
  let lastAnsweredAt = 0;
  let isClosing = false;
  server.on("request", async (request, response) => {
    if (isClosing) return refuse(request, response);
    underWay.add(response);
    response.once("close", () => {
      underWay.delete(response);
      lastAnsweredAt = Date.now();
    });
    // Not among Next's headers: those are fixed by the build, the public address is not.
    if (isHttps) response.setHeader("Strict-Transport-Security", `max-age=${oneYearSeconds}`);
    resolveForwarded(request, options);
    if (options.onAnswered) logAccess(request, response, options.onAnswered);
    const over = await overLimit(request);
    if (over) return refuseMore(response, over);
    const policy = await policyOf(request.url ?? "", options.framersOf);
    setPagePolicy(request, response, { ...policy, isDevelopment });
    void answer(request, response);
  });
  await listen(server, options);
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      isClosing = true;
      for (const response of underWay) endConnectionAfter(response);
      await untilQuiet(() => underWay.size === 0 && Date.now() - lastAnsweredAt >= farewellMs);
      await closeServer(server);
      await app.close();
    },
  };
}

/** Routes of a launch say themselves who may frame what they answer. */
async function policyOf(
  url: string,
  framersOf: (launch: string) => Promise<readonly string[]>,
): Promise<PagePolicy> {
  const [path, query] = url.split("?", 2);
  if (path !== LAUNCHED_PAGE)
    return { framedBy: [], keepsOpener: path?.startsWith("/lti/") ?? false };
  const launch = new URLSearchParams(query).get("launch") ?? "";
  // Without its database the page says what is wrong, but in no frame.
  return { framedBy: await framersOf(launch).catch(() => []), keepsOpener: false };
}

/** Its connection is not kept for a request that would be refused. */
function endConnectionAfter(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader("connection", "close");
}

/** Another process, or this one started again, will answer. */
function refuse(request: IncomingMessage, response: ServerResponse): void {
  // What is not read of it would have the connection reset.
  request.resume();
  response.writeHead(503, { "retry-after": "5", connection: "close", "content-length": "0" });
  response.end();
}

function refuseMore(response: ServerResponse, state: LimitState): void {
  const body = `Too many requests from this address; try again in ${state.resetSeconds} s.\n`;
  response.writeHead(429, {
    ...limitHeaders(state),
    "content-type": "text/plain; charset=utf-8",
    "x-content-type-options": "nosniff",
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

/**
 * Waits until whoever had an answer has had the time to ask once more on that connection, and be
 * told to come back later: a connection that is closed as a request arrives on it would lose it.
 */
async function untilQuiet(isQuiet: () => boolean): Promise<void> {
  const latest = Date.now() + graceMs;
  await setTimeout(farewellMs);
  while (!isQuiet() && Date.now() < latest) await setTimeout(lookMs);
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
