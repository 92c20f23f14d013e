import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { PrismaClient, type Prisma } from "./generated/client.ts";
import { isRolledBack } from "./errors.ts";
import { createPool } from "./pool.ts";

/** One database, by Prisma and by plain SQL over the same connections. */
export interface Db {
  prisma: PrismaClient;
  pool: pg.Pool;
  close(): Promise<void>;
}

/** Prisma inside a transaction. */
export type Tx = Prisma.TransactionClient;

export interface DbOptions {
  url: string;
  maxConnections?: number;
  /** Shown by the server beside each connection. */
  applicationName?: string;
}

const transactionTimeoutMs = 60_000;
const connectionWaitMs = 15_000;
/** So often is one transaction begun. */
const mostBegun = 4;

export function createDb({
  url,
  maxConnections = 10,
  applicationName = "rollbook",
}: DbOptions): Db {
  const pool = createPool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: connectionWaitMs,
    application_name: applicationName,
    keepAlive: true,
  });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    prisma,
    pool,
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

/** A Prisma transaction for those who speak plain SQL; parameters need their casts in the text. */
export function queryableOf(tx: Tx): Pick<pg.ClientBase, "query"> {
  async function query(text: string, values: unknown[] = []) {
    const rows = await tx.$queryRawUnsafe<unknown[]>(text, ...values);
    return { rows, rowCount: rows.length };
  }
  return { query: query as pg.ClientBase["query"] };
}

/**
 * Runs `work` in one transaction; it is rolled back when `work` throws. Where the database undoes
 * it for the sake of another one it is run again, so it must change nothing but through `tx`.
 */
export async function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  const limits = { timeout: transactionTimeoutMs, maxWait: connectionWaitMs };
  for (let begun = 1; ; begun++) {
    try {
      return await db.prisma.$transaction(work, limits);
    } catch (error) {
      if (begun === mostBegun || !isRolledBack(error)) throw error;
    }
  }
}
