import type { Actor } from "#lib/auth/actor.ts";
import type { Db } from "#lib/db/client.ts";
import type { Engine } from "#lib/sync/index.ts";
import type { MailServer } from "./alerts/schema.ts";
import type { SingleSignOnTools } from "./single-sign-on/current.ts";

export type OperationSettings = {
  /** The address platforms and browsers reach this installation at, without a trailing slash. */
  publicUrl: string;
  allowPrivateNetwork: boolean;
  isDemo: boolean;
  isDatabaseEmbedded: boolean;
  /** Where the environment says it; then it cannot be changed. */
  mailServer?: MailServer;
  /** Absent where a process signs nobody in. */
  singleSignOn?: SingleSignOnTools;
};

/** The request behind an act, as the audit and the log name it. */
export type RequestOrigin = { address: string | null; id: string };

/** Who asks, and the installation that answers: what an operation works with once permitted. */
export type Caller = {
  actor: Actor;
  db: Db;
  engine: Engine;
  settings: OperationSettings;
  now: () => Date;
  /** Undefined where nobody's request stands behind it. */
  request?: RequestOrigin;
};

/**
 * Where `permit` finds what a caller gets; nothing else looks there. A registered symbol, because
 * each bundle of the built server has a copy of this module: with a symbol of its own, it would
 * take an asker of another copy for a caller.
 */
export const WITHHELD: unique symbol = Symbol.for("rollbook: what a caller gets once permitted");

/**
 * Who asks, before anything is permitted: without database and engine, so that an operation that
 * does not ask `permit` has nothing to work with. The first argument of every operation; one that
 * calls another passes the caller that it has.
 */
export type Asker =
  Caller | (Omit<Caller, "db" | "engine"> & { [WITHHELD]: Pick<Caller, "db" | "engine"> });

/**
 * For what stands around an operation and reads or writes nothing for the asker, such as the
 * memory of answers; never for an operation.
 */
export function withheldFrom(asker: Asker): Pick<Caller, "db" | "engine"> {
  return WITHHELD in asker ? asker[WITHHELD] : asker;
}

/** The same asker over another handle of the database: a transaction that is under way. */
export function askerWithin(asker: Asker, db: Db): Asker {
  if (!(WITHHELD in asker)) return { ...asker, db };
  return { ...asker, [WITHHELD]: { ...asker[WITHHELD], db } };
}

/** The asker that stands at a door for an actor. */
export function askerFor({ db, engine, ...known }: Caller): Asker {
  return { ...known, [WITHHELD]: { db, engine } };
}
