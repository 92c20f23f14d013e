import { ensureBrowser } from "./setup/browser.mjs";
import { ensureDependencies } from "./setup/dependencies.mjs";
import { ensureBuild } from "./setup/next-build.mjs";
import { checkNodeVersion } from "./setup/node-version.mjs";
import { ensurePrismaClient } from "./setup/prisma-client.mjs";
import { SetupFailed } from "./setup/say.mjs";

/** Brings a checkout to where the command can run; each step does nothing when nothing is missing. */
try {
  const wanted = process.argv.slice(2);
  checkNodeVersion();
  await ensureDependencies();
  await ensurePrismaClient();
  if (wanted.includes("--build")) await ensureBuild();
  if (wanted.includes("--browser")) await ensureBrowser();
} catch (error) {
  console.error(error instanceof SetupFailed ? error.message : error);
  process.exitCode = 1;
}
