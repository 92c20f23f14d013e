import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { authenticateApiKey } from "#lib/operations/operators/api-keys.ts";
import { NotPermitted } from "#lib/operations/errors.ts";
import { readMetrics } from "#lib/operations/metrics/read-metrics.ts";
import type { Runtime } from "#lib/runtime.ts";

/** Answers `GET /metrics`, with an API key as bearer token, for a process that serves no pages. */
export async function startMetricsServer(
  runtime: Runtime,
  at: { port: number; host?: string },
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer(request, response, runtime).catch((error: unknown) => {
      runtime.errors.report("metrics", error);
      response.writeHead(503).end();
    });
  });
  server.listen(at.port, at.host);
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, runtime: Runtime) {
  if (request.method !== "GET" || request.url !== "/metrics") return refuse(response, 404);
  const [scheme = "", key = ""] = (request.headers.authorization ?? "").split(" ");
  const use = { address: request.socket.remoteAddress ?? null, now: new Date() };
  const isBearer = scheme.toLowerCase() === "bearer";
  const actor = isBearer ? await authenticateApiKey(runtime.db, key, use) : null;
  if (!actor) return refuse(response, 401);
  try {
    const { text, contentType } = await readMetrics(runtime.askerFor(actor), runtime);
    response.writeHead(200, { "content-type": contentType, "cache-control": "no-store" });
    response.end(text);
  } catch (error) {
    if (!(error instanceof NotPermitted)) throw error;
    refuse(response, 403);
  }
}

function refuse(response: ServerResponse, status: 401 | 403 | 404): void {
  response.writeHead(status, status === 401 ? { "www-authenticate": "Bearer" } : {}).end();
}
