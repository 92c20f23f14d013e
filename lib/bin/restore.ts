import { readEnv } from "#lib/env.ts";
import { reachDatabase } from "#lib/db/open.ts";
import { onShutdown } from "#lib/shutdown.ts";
import { restoreBackupFile } from "./backup/backup-file.ts";
import { fileNamed, runOnce } from "./process/run-once.ts";

await runOnce("Nothing was restored", async ([given]) => {
  if (!given) {
    console.error("Usage: npm run restore -- <file of npm run backup>");
    return 1;
  }
  const { url, stop } = await reachDatabase(readEnv());
  onShutdown(stop, { name: "the database" });
  const { version, createdAt } = await restoreBackupFile(url, fileNamed(given));
  console.log(`The backup of ${createdAt}, made by Rollbook ${version}, is restored.`);
  console.log("Start with the secret that the installation had; runs that were under way go on.");
  return 0;
});
