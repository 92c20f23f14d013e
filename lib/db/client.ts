import { AsyncLocalStorage } from "node:async_hooks";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient, type Prisma } from "./generated/client.ts";
import { isRolledBack } from "./errors.ts";
import { createPool } from "./pool.ts";
import { createRowCheck, type RowCheck } from "./rows/check.ts";
import { rowsOver, type Statement } from "./rows/query.ts";
import type { RowOf, Shape } from "./rows/shape.ts";

/**
 * The database, inside a transaction or outside of one: Prisma for what is one row or a plain
 * list of rows, SQL for everything else. In a transaction both go over its connection.
 */
export interface Db {
  readonly prisma: Prisma.TransactionClient;
  /** The rows of a statement, of the shape that is declared for them. */
  rows<Declared extends Shape>(
    shape: Declared,
    statement: Statement,
    values?: unknown[],
  ): Promise<RowOf<Declared>[]>;
  /** Runs a statement none of whose rows is read, and answers how many it returned or wrote. */
  execute(statement: Statement, values?: unknown[]): Promise<number>;
}

/** All connections of one process to its database. */
export interface Database extends Db {
  readonly prisma: PrismaClient;
  readonly pool: pg.Pool;
  readonly check: RowCheck | undefined;
  close(): Promise<void>;
}

export interface DbOptions {
  url: string;
  maxConnections?: number;
  /** Shown by the server beside each connection. */
  applicationName?: string;
  /** Compares the rows of each statement with their declared shape: for tests. */
  checkRows?: boolean;
}

const transactionTimeoutMs = 60_000;
const connectionWaitMs = 15_000;
/** So often is one transaction begun. */
const mostBegun = 4;

export function createDb({
  url,
  maxConnections = 10,
  applicationName = "rollbook",
  checkRows = false,
}: DbOptions): Database {
  const pool = createPool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: connectionWaitMs,
    application_name: applicationName,
    keepAlive: true,
    types: TYPES,
    onConnect: setTimeZone,
  });
  reportConnections(pool);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const check = checkRows ? createRowCheck() : undefined;
  return {
    prisma,
    pool,
    check,
    ...statementsOver(() => pool, check),
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

/**
 * Runs `work` in one transaction; it is rolled back when `work` throws. Where the database undoes
 * it for the sake of another one it is run again, so it must change nothing but through `tx`.
 * Within a transaction `work` becomes part of that one.
 */
export async function transaction<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  if (!isDatabase(db)) return work(db);
  for (let begun = 1; ; begun++) {
    try {
      return await beginOn(db, work);
    } catch (error) {
      if (begun === mostBegun || !isRolledBack(error)) throw error;
    }
  }
}

/**
 * Reads what belongs together as it stands at one moment, whatever is written meanwhile. Within a
 * transaction it is that one's moment.
 */
export async function snapshot<T>(db: Db, read: (tx: Db) => Promise<T>): Promise<T> {
  if (!isDatabase(db)) return read(db);
  return transaction(db, async (tx) => {
    await tx.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    return read(tx);
  });
}

/** A transaction's connection, from when it is taken out of the pool until it is given back. */
type Begun = { connection?: pg.PoolClient; isTaken?: boolean };

/** What has to be one in all bundles of the built server: each has its own copy of this module. */
type Shared = {
  begun: AsyncLocalStorage<Begun>;
  /** What each transaction that is under way is to be followed by. */
  acts: WeakMap<Db, (() => Promise<void>)[]>;
};

const sharedKey = Symbol.for("rollbook.transactions");
const onProcess = globalThis as typeof globalThis & { [sharedKey]?: Shared };
const { begun: begunHere, acts } = (onProcess[sharedKey] ??= {
  begun: new AsyncLocalStorage(),
  acts: new WeakMap(),
});

function isDatabase(db: Db): db is Database {
  return "pool" in db;
}

async function beginOn<T>(db: Database, work: (tx: Db) => Promise<T>): Promise<T> {
  const limits = { timeout: transactionTimeoutMs, maxWait: connectionWaitMs };
  const begun: Begun = {};
  const afterwards: (() => Promise<void>)[] = [];
  const result = await begunHere.run(begun, () =>
    db.prisma.$transaction((prisma) => {
      const tx: Db = {
        prisma,
        ...statementsOver(() => {
          if (!begun.connection) throw new Error("the transaction has ended");
          return begun.connection;
        }, db.check),
      };
      acts.set(tx, afterwards);
      return work(tx);
    }, limits),
  );
  for (const act of afterwards) await act();
  return result;
}

/** Prisma does not say over which connection its transaction goes: the pool does. */
function reportConnections(pool: pg.Pool): void {
  const connect = pool.connect.bind(pool) as (callback?: unknown) => Promise<pg.PoolClient>;
  async function connectAndReport(): Promise<pg.PoolClient> {
    const connection = await connect();
    const begun = begunHere.getStore();
    if (!begun || begun.isTaken) return connection;
    begun.isTaken = true;
    begun.connection = connection;
    const release = connection.release;
    connection.release = (error) => {
      delete begun.connection;
      release(error);
    };
    return connection;
  }
  pool.connect = ((callback?: unknown) =>
    callback ? connect(callback) : connectAndReport()) as pg.Pool["connect"];
}

/** Prisma sends times without a zone, and means UTC. */
async function setTimeZone(connection: pg.ClientBase): Promise<void> {
  await connection.query("SET timezone TO 'UTC'");
}

// PostgreSQL's bigint is ours too, and not text.
const TYPES = new pg.TypeOverrides();
TYPES.setTypeParser(pg.types.builtins.INT8, BigInt);

/** Statements over the pool itself, or over the one connection of a transaction on it. */
function statementsOver(
  connection: () => pg.Pool | pg.PoolClient,
  check: RowCheck | undefined,
): Pick<Db, "rows" | "execute"> {
  return {
    rows: async (shape, statement, values) =>
      rowsOver(connection(), shape, statement, values, check),
    async execute(statement, values) {
      const { rowCount } = await connection().query(statement as string, values);
      return rowCount ?? 0;
    },
  };
}

/** For what others must see committed: at once, or after the transaction that `db` is. */
export async function afterCommit(db: Db, act: () => Promise<void>): Promise<void> {
  if (isDatabase(db)) await act();
  else acts.get(db)?.push(act);
}
