import { locateBinaries } from "./binaries.ts";
import { ensureCluster } from "./cluster.ts";
import { chooseAccount } from "./account.ts";
import { keepServer } from "./server/keeper.ts";
import { chooseHome } from "./home.ts";

/** A PostgreSQL server of this machine's own, joined by any number of processes. */
export interface EmbeddedDatabase {
  url: string;
  /** Lets go of the server, and stops it when nobody else is connected. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL in the data folder, or joins the one already running there.
 *
 * While this process holds it, a server that dies is started again on the same port.
 *
 * @throws EmbeddedDatabaseUnavailable  no binaries for this platform; set DATABASE_URL
 * @throws EmbeddedDatabaseFailed       PostgreSQL said no; its log says why
 * @throws DataFolderVersionMismatch    the data belongs to another major version
 */
export async function startEmbedded(dataDir: string): Promise<EmbeddedDatabase> {
  const account = await chooseAccount();
  const home = await chooseHome(dataDir, account);
  const binaries = await locateBinaries(home, account);
  const cluster = await ensureCluster({ home, binaries, account });
  return keepServer({ cluster, binaries, account });
}
