import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { migrate, migrationsFolder } from "#lib/db/migrate/index.ts";

/** The schema as it was before the migration of that name. */
export async function migrateBefore(url: string, migration: string): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "rollbook-migrations-"));
  const names = await readdir(migrationsFolder());
  const own = names.find((name) => name.endsWith(`_${migration}`));
  for (const name of names.filter((each) => /^\d/.test(each) && each < own!))
    await cp(path.join(migrationsFolder(), name), path.join(folder, name), { recursive: true });
  await migrate(url, folder);
  await rm(folder, { recursive: true });
}
