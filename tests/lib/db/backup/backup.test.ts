import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BackupNewer, BackupUnreadable, DatabaseNotEmpty } from "#lib/db/backup/errors.ts";
import { restoreBackup } from "#lib/db/backup/restore-backup.ts";
import { backupPieces } from "#lib/db/backup/write-backup.ts";
import { createDb } from "#lib/db/client.ts";
import { migrate } from "#lib/db/migrate/index.ts";
import { createEmptyDatabase, createTestDatabase, querySql } from "#tests/support/database.ts";
import { gradedCourse, runOf, startGradeSync, until, valuesOn } from "#tests/support/grading.ts";
import { finished, startInstallation, startRun } from "#tests/support/installation.ts";
import { migrateBefore } from "#tests/support/migrate-before.ts";
import { startPlatform } from "#tests/support/platform/index.ts";

type Empty = Awaited<ReturnType<typeof createEmptyDatabase>>;

const SCORES = 240;

async function piecesOf(url: string): Promise<Buffer[]> {
  const pieces: Buffer[] = [];
  for await (const piece of backupPieces(url, { version: "9.9.9" }))
    pieces.push(Buffer.from(piece));
  return pieces;
}

async function* inPieces(pieces: Iterable<Buffer>): AsyncGenerator<Buffer> {
  yield* pieces;
}

/** A hash of each table's rows, by name. */
async function contentOf(url: string): Promise<Record<string, string>> {
  const tables = await querySql<{ name: string }>(
    url,
    `SELECT relname::text AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace
        AND relkind = 'r' AND relname <> '_prisma_migrations' ORDER BY 1`,
  );
  const hashes = tables.map(async ({ name }) => {
    const sql = `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' ORDER BY t::text)), '') AS hash FROM "${name}" t`;
    const [row] = await querySql<{ hash: string }>(url, sql);
    return [name, row!.hash] as const;
  });
  return Object.fromEntries(await Promise.all(hashes));
}

async function intoEmpty<T>(work: (database: Empty) => Promise<T>): Promise<T> {
  const database = await createEmptyDatabase();
  try {
    return await work(database);
  } finally {
    await database.drop();
  }
}

test("taken in the middle of a grade sync and restored elsewhere, nothing is lost", async () => {
  const platform = await startPlatform();
  const first = await startInstallation();
  const made = await gradedCourse(first, platform, { scores: SCORES });
  await platform.misbehave({ kind: "delay", ms: 60, route: "scores" });
  const { id } = await startGradeSync(first, made);
  await until(async () => (await runOf(first, id)).done >= 20);
  const pieces = await piecesOf(first.database.url);
  const { done } = await runOf(first, id);
  // What the wiped installation still sent is on the platform, and not in the backup.
  await first.stop();
  await platform.behave({});
  expect(done).toBeLessThan(SCORES);

  await intoEmpty(async ({ url }) => {
    const header = await restoreBackup(url, inPieces(pieces));
    expect(header.version).toBe("9.9.9");
    const database = { url, db: createDb({ url, checkRows: true }), drop: async () => undefined };
    const second = await startInstallation({ database });
    try {
      expect(await finished(second, id)).toMatchObject({ state: "succeeded", failed: 0 });
      const held = await valuesOn(platform, made.lineItem);
      const wanted = await database.db.prisma.score.findMany({
        where: { lineItemId: made.lineItem.id },
      });
      expect(wanted).toHaveLength(SCORES);
      for (const { userId, scoreGiven } of wanted) expect(held.get(userId)).toBe(scoreGiven);
      const verification = await startRun(second, "verify", {
        registrationId: made.registration.id,
        courseId: made.course.id,
      });
      await finished(second, verification.id);
      const unproven = await database.db.prisma.score.count({ where: { provedAt: null } });
      expect(unproven).toBe(0);
      expect(second.errors).toEqual([]);
    } finally {
      await second.engine.stop();
      await database.db.close();
    }
  });
  await platform.stop();
});

describe("a backup of an installation", () => {
  let source: Awaited<ReturnType<typeof startInstallation>>;
  let platform: Awaited<ReturnType<typeof startPlatform>>;
  let pieces: Buffer[];
  beforeAll(async () => {
    platform = await startPlatform();
    source = await startInstallation();
    const made = await gradedCourse(source, platform, {
      scores: 12,
      title: "Tab\t, \\. and\nmore",
    });
    const { id } = await startGradeSync(source, made);
    await finished(source, id);
    await source.engine.stop();
    pieces = await piecesOf(source.database.url);
  });
  afterAll(async () => {
    await source.database.drop();
    await platform.stop();
  });

  test("restores every row of every table, and where the sequences were", async () => {
    await intoEmpty(async ({ url }) => {
      await restoreBackup(url, inPieces(pieces));
      const [restored, original] = [await contentOf(url), await contentOf(source.database.url)];
      expect(restored).toEqual(original);
      expect(
        Object.values(original).filter((hash) => !hash.startsWith("0 ")).length,
      ).toBeGreaterThan(12);
      const sequences = `SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1`;
      expect(await querySql(url, sequences)).toEqual(
        await querySql(source.database.url, sequences),
      );
      const disabled = `SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'O'`;
      expect(await querySql(url, disabled)).toEqual([]);
    });
  });

  test("is the same in pieces of any size", async () => {
    const whole = Buffer.concat(pieces);
    const small = Array.from({ length: Math.ceil(whole.length / 7) }, (_, index) =>
      whole.subarray(index * 7, index * 7 + 7),
    );
    await intoEmpty(async ({ url }) => {
      await restoreBackup(url, inPieces(small));
      expect(await contentOf(url)).toEqual(await contentOf(source.database.url));
    });
  });

  test.each([0.2, 0.6, 0.99])(
    "that ends after %s of it is refused, and nothing is restored",
    async (part) => {
      const whole = Buffer.concat(pieces);
      const cut = whole.subarray(0, Math.floor(whole.length * part));
      await intoEmpty(async ({ url }) => {
        await expect(restoreBackup(url, inPieces([cut]))).rejects.toBeInstanceOf(BackupUnreadable);
        const [row] = await querySql<{ rows: number }>(
          url,
          `SELECT count(*)::int AS rows FROM registration`,
        );
        expect(row!.rows).toBe(0);
      });
    },
  );

  test("is not restored over an installation in use", async () => {
    const before = await contentOf(source.database.url);
    await expect(restoreBackup(source.database.url, inPieces(pieces))).rejects.toBeInstanceOf(
      DatabaseNotEmpty,
    );
    expect(await contentOf(source.database.url)).toEqual(before);
  });

  test("of a later version is refused", async () => {
    const [first, ...rest] = pieces;
    const later = first!
      .toString()
      .replace('"migrations":[', '"migrations":["29990101000000_later",');
    await intoEmpty(async ({ url }) => {
      const restoring = restoreBackup(url, inPieces([Buffer.from(later), ...rest]));
      await expect(restoring).rejects.toBeInstanceOf(BackupNewer);
    });
  });

  test("is no other file", async () => {
    await intoEmpty(async ({ url }) => {
      for (const text of ["", "hello\n", "-- Rollbook backup {}\n", "x".repeat(2_000_000)])
        await expect(restoreBackup(url, inPieces([Buffer.from(text)]))).rejects.toBeInstanceOf(
          BackupUnreadable,
        );
    });
  });

  test("fits into an installation that was started and not used", async () => {
    const unused = await createTestDatabase();
    await restoreBackup(unused.url, inPieces(pieces));
    expect(await contentOf(unused.url)).toEqual(await contentOf(source.database.url));
    await unused.drop();
  });
});

test("a backup of an earlier version is restored and brought to this one", async () => {
  const ID = "01939f2e-0000-7000-8000-000000000001";
  await intoEmpty(async (former) => {
    await migrateBefore(former.url, "plain_names");
    await querySql(
      former.url,
      `INSERT INTO registration (id, name, issuer, client_id, token_endpoint, authorization_endpoint, jwks_url, updated_at)
       VALUES ($1, 'State University', 'https://lms.example.edu', 'old', 'https://lms.example.edu/t', 'https://lms.example.edu/a', 'https://lms.example.edu/j', now())`,
      [ID],
    );
    const pieces = await piecesOf(former.url);
    await intoEmpty(async ({ url }) => {
      await restoreBackup(url, inPieces(pieces));
      expect(await migrate(url)).toEqual([]);
      const rows = await querySql(url, `SELECT id, name FROM registration`);
      expect(rows).toEqual([{ id: ID, name: "State University" }]);
    });
  });
});
