import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { restoreLinks } from "#lib/db/embedded/binaries.ts";

test("restores the links that an install without scripts left out, as often as asked", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "rollbook binaries "));
  await mkdir(path.join(folder, "native/lib"), { recursive: true });
  await writeFile(path.join(folder, "native/lib/libpq.so.5.18"), "library");
  await writeFile(
    path.join(folder, "native/pg-symlinks.json"),
    JSON.stringify([{ source: "native/lib/libpq.so.5.18", target: "native/lib/libpq.so.5" }]),
  );

  await Promise.all([restoreLinks(folder), restoreLinks(folder)]);
  await restoreLinks(folder);

  expect(await readFile(path.join(folder, "native/lib/libpq.so.5"), "utf8")).toBe("library");
  await rm(folder, { recursive: true });
});
