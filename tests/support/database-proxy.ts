import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A way to a database that can be blocked without being closed, as a network sometimes is. */
export type DatabaseProxy = {
  url: string;
  /** From now on nothing gets through, and nobody is told. */
  block(): void;
  close(): Promise<void>;
};

export async function startDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const { hostname, port } = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isBlocked = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    return socket;
  };
  const server = createServer((client) => {
    keep(client);
    if (isBlocked) return void client.pause();
    const upstream = keep(connect(Number(port), hostname));
    client.on("data", (chunk) => isBlocked || upstream.write(chunk));
    upstream.on("data", (chunk) => isBlocked || client.write(chunk));
    client.on("close", () => upstream.destroy());
    upstream.on("close", () => isBlocked || client.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    block() {
      isBlocked = true;
    },
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, "close");
    },
  };
}
