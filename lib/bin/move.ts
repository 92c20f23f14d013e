import { readEnv } from "#lib/env.ts";
import { restoreBackup } from "#lib/db/backup/restore-backup.ts";
import { backupPieces } from "#lib/db/backup/write-backup.ts";
import { isInUse } from "#lib/db/backup/in-use.ts";
import { reachDatabase, waitForServer } from "#lib/db/open.ts";
import { VERSION } from "#lib/operations/system/system.ts";
import { onShutdown } from "#lib/shutdown.ts";
import { runOnce } from "./process/run-once.ts";

const USAGE = "Usage: npm run move -- postgresql://user:password@host/database";

await runOnce("Nothing was moved", async ([target]) => {
  if (!target || !URL.canParse(target) || !/^postgres(ql)?:$/.test(new URL(target).protocol)) {
    console.error(USAGE);
    return 1;
  }
  const env = readEnv();
  const { url, isEmbedded, stop } = await reachDatabase(env);
  onShutdown(stop, { name: "the database" });
  if (await isInUse(url)) {
    console.error(
      "Nothing was moved: a worker is at work, or was killed within the last half minute. " +
        "Stop Rollbook first, else what it writes meanwhile stays behind.",
    );
    return 1;
  }
  await waitForServer(target);
  await restoreBackup(target, backupPieces(url, { version: VERSION }));
  const secret =
    isEmbedded && !env.secret
      ? `ROLLBOOK_SECRET_FILE=${env.dataDir}/secret`
      : "the same ROLLBOOK_SECRET";
  console.log(`Everything is on ${new URL(target).host}. Start with DATABASE_URL and ${secret}.`);
  console.log("The database it came from was left as it is; do not start on it again.");
  return 0;
});
