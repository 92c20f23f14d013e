import type { Actor } from "#lib/auth/actor.ts";
import type { Db } from "#lib/db/client.ts";
import type { Engine } from "#lib/sync/index.ts";

export type OperationSettings = {
  /** The address platforms and browsers reach this installation at, without a trailing slash. */
  publicUrl: string;
  allowPrivateNetwork: boolean;
  isDemo: boolean;
  isDatabaseEmbedded: boolean;
};

/** Who asks, and the installation that answers. The first argument of every operation. */
export type Caller = {
  actor: Actor;
  db: Db;
  engine: Engine;
  settings: OperationSettings;
  now: () => Date;
};
