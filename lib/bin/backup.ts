import { readEnv } from "#lib/env.ts";
import { reachDatabase } from "#lib/db/open.ts";
import { VERSION } from "#lib/operations/system/system.ts";
import { onShutdown } from "#lib/shutdown.ts";
import { writeBackupFile } from "./backup/backup-file.ts";
import { fileNamed, runOnce } from "./process/run-once.ts";

await runOnce("There is no backup", async ([given]) => {
  if (!given) {
    console.error("Usage: npm run backup -- <file, such as rollbook.sql.gz>");
    return 1;
  }
  const env = readEnv();
  const file = fileNamed(given);
  const { url, isEmbedded, stop } = await reachDatabase(env);
  onShutdown(stop, { name: "the database" });
  await writeBackupFile(url, file, VERSION);
  console.log(`Everything up to this moment is in ${file}.`);
  const secret = isEmbedded && !env.secret ? `${env.dataDir}/secret` : "ROLLBOOK_SECRET";
  console.log(`Keep ${secret} as well, elsewhere: without it no key in the backup opens.`);
  return 0;
});
