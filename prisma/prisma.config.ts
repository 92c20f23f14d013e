import { defineConfig } from "prisma/config";

// The command line fetches its native schema engine before any command, though these never run it.
// Any existing file satisfies the check, so they work where that download is not possible.
const commandsWithoutEngine = ["generate", "validate", "format"];
if (process.argv.some((word) => commandsWithoutEngine.includes(word))) {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;
}

export default defineConfig({
  schema: "schema.prisma",
  migrations: { path: "migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "" },
});
