import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export type Captured = { method: string; path: string; authorization?: string; body: string };

/** A host that no platform knows: it writes down all that comes, and answers what it is told. */
export type CaptureHost = {
  url: string;
  received: Captured[];
  /** JSON by path, without the query; everything else is answered with an empty list. */
  answers: Record<string, unknown>;
  stop(): Promise<void>;
};

export async function startCaptureHost(): Promise<CaptureHost> {
  const received: Captured[] = [];
  const answers: Record<string, unknown> = {};
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      const { method = "", url = "", headers } = request;
      received.push({ method, path: url, authorization: headers.authorization, body });
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(answers[url.split("?", 1)[0] ?? ""] ?? []));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    received,
    answers,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
