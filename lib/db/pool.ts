import pg from "pg";

/**
 * Connections that may break without ending the process: whoever waits for a reply over one hears
 * of it by that reply, and the pool opens another for the next.
 */
export function createPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config);
  // The pool listens for errors while a connection is idle, and takes its listener off one in use.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/** One connection for one purpose, as unharmed as those of a pool when it breaks. */
export function createClient(config: pg.ClientConfig): pg.Client {
  const client = new pg.Client(config);
  client.on("error", () => undefined);
  return client;
}
