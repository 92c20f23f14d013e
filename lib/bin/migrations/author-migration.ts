import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { diffMigrationsToSchema } from "./schema-diff.ts";

const migrationsDir = path.resolve("prisma/migrations");
const name = process.argv[2]?.trim();

if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error("Usage: npm run db:migration -- add_something   (lower case, digits, underscores)");
  process.exit(2);
}

await mkdir(migrationsDir, { recursive: true });
const sql = await diffMigrationsToSchema({
  migrationsDir,
  schemaFile: path.resolve("prisma/schema.prisma"),
});
if (sql === "") {
  console.log("The migrations already match prisma/schema.prisma; nothing was written.");
} else {
  const timestamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = path.join(migrationsDir, `${timestamp}_${name}`);
  await mkdir(folder);
  await writeFile(path.join(folder, "migration.sql"), sql);
  console.log(
    `Wrote ${path.relative(process.cwd(), folder)}/migration.sql; read it before it is committed.`,
  );
}
