import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export type Posted = { headers: IncomingHttpHeaders; body: string };

export type WebhookReceiver = {
  url: string;
  /** Everything that came, in its order. */
  posted: Posted[];
  /** What it answers from now on; by default 204. */
  answers: { status: number; headers?: Record<string, string>; body?: string };
  stop(): Promise<void>;
};

/** An application that webhooks are posted to. */
export async function startWebhookReceiver({ port = 0 } = {}): Promise<WebhookReceiver> {
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      receiver.posted.push({ headers: request.headers, body: Buffer.concat(pieces).toString() });
      const { status, headers = {}, body = "" } = receiver.answers;
      response.writeHead(status, headers).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    posted: [],
    answers: { status: 204 },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}
