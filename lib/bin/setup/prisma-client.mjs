import { fingerprint, isStamped, stamp } from "./fingerprint.mjs";
import { run, say } from "./say.mjs";

const stampFile = "lib/db/generated/.made-from";

/** Generates the database client when the schema or Prisma has changed. */
export async function ensurePrismaClient() {
  const source = await fingerprint([
    "prisma/schema.prisma",
    "prisma/prisma.config.ts",
    "node_modules/prisma/package.json",
  ]);
  if (await isStamped(stampFile, source)) return;
  say("Generating the database client …");
  await run(process.execPath, [
    "node_modules/prisma/build/index.js",
    ...["generate", "--config", "prisma/prisma.config.ts"],
  ]);
  await stamp(stampFile, source);
}
