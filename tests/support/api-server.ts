import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { answerApi } from "../../app/_server/rest/answer.ts";
import { API_URL } from "./api.ts";

/** The API of this process behind an address, for programs that are processes of their own. */
export async function serveApi(): Promise<{ url: string; stop(): void }> {
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { method = "GET", url = "", headers } = request;
      const body = method === "GET" ? undefined : Buffer.concat(chunks);
      const asked = { method, body, headers: headers as Record<string, string> };
      const answer = await answerApi(new Request(new URL(url, API_URL), asked));
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      response.end(await answer.text());
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
