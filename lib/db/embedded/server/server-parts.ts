import type pg from "pg";
import type { Account } from "../account.ts";
import type { Binaries } from "../binaries.ts";
import type { Cluster } from "../cluster.ts";

/** What a server is made of. */
export interface ServerParts {
  cluster: Cluster;
  binaries: Binaries;
  account: Account;
}

export interface RunningServer {
  client: KeeperClient;
  port: number;
  /** Resolves when the connection ends, and stays so for whoever asks later. */
  ended: Promise<void>;
}

/** The driver's client; its types leave out these two. */
export type KeeperClient = pg.Client & { ref(): void; unref(): void };
