import type { Db } from "./client.ts";

/** The PostgreSQL server's version, such as `18.1`. */
export async function databaseVersion({ pool }: Db): Promise<string> {
  const { rows } = await pool.query<{ server_version: string }>("SHOW server_version");
  return rows[0]?.server_version.split(" ", 1)[0] ?? "";
}
