import { createServer, type AddressInfo } from "node:net";
import { CodedError } from "#lib/errors.ts";

/** Another program listens where this one is to listen. */
class PortTaken extends CodedError {
  readonly code = "bin.port_taken" as const;

  constructor(readonly port: number) {
    super(`port ${port} is taken by another program; choose another one with PORT`);
  }
}

/** @throws PortTaken */
export async function requireFreePort(port: number, host?: string): Promise<void> {
  if (port !== 0 && !(await isPortFree(port, host))) throw new PortTaken(port);
}

/** Whether this process could listen on the port now; without a host, on every address. */
export async function isPortFree(port: number, host?: string): Promise<boolean> {
  return (await listenOnce(port, host)) !== undefined;
}

/** A port of the host that nobody listens on. */
export async function findFreePort(host: string): Promise<number> {
  const port = await listenOnce(0, host);
  if (port === undefined) throw new PortTaken(0);
  return port;
}

function listenOnce(port: number, host?: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(undefined);
      else reject(error);
    });
    server.listen({ port, host }, () => {
      const found = (server.address() as AddressInfo).port;
      server.close(() => resolve(found));
    });
  });
}
