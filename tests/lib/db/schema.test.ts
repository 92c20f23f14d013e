import path from "node:path";
import { expect, test } from "vitest";
import { diffMigrationsToSchema } from "#lib/bin/migrations/schema-diff.ts";
import { migrationsFolder } from "#lib/db/migrate/index.ts";

test("the migrations build exactly the schema", { timeout: 120_000 }, async () => {
  const difference = await diffMigrationsToSchema({
    migrationsDir: migrationsFolder(),
    schemaFile: path.resolve("prisma/schema.prisma"),
  });
  expect(difference).toBe("");
});
