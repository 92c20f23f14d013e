import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A way to a database that can be blocked without being closed, as a network sometimes is. */
export type DatabaseProxy = {
  url: string;
  /** From now on nothing gets through, and nobody is told. */
  block(): void;
  /** Ends every connection and refuses new ones, as a database that is down for a while. */
  goDown(): void;
  comeUp(): void;
  /** How many were refused. */
  readonly refused: number;
  /** How many from outside are open. */
  readonly open: number;
  close(): Promise<void>;
};

/** An ErrorResponse of PostgreSQL: its type, its length, its fields, each with its letter. */
const SHUTTING_DOWN = errorResponse("SFATAL", "C57P03", "Mthe database system is shutting down");

function errorResponse(...fields: string[]): Buffer {
  const body = Buffer.from(`${fields.join("\0")}\0\0`);
  const head = Buffer.alloc(5);
  head.write("E");
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

export async function startDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const { hostname, port } = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const clients = new Set<Socket>();
  let isBlocked = false;
  let isDown = false;
  let refused = 0;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    return socket;
  };
  const server = createServer((client) => {
    keep(client);
    clients.add(client);
    client.on("close", () => clients.delete(client));
    if (isDown) {
      refused += 1;
      client.resume();
      return void client.end(SHUTTING_DOWN);
    }
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
    goDown() {
      isDown = true;
      for (const socket of sockets) socket.destroy();
    },
    comeUp() {
      isDown = false;
    },
    get refused() {
      return refused;
    },
    get open() {
      return clients.size;
    },
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, "close");
    },
  };
}
