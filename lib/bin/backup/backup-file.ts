import { createReadStream, existsSync } from "node:fs";
import { link, open, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { BackupUnreadable } from "#lib/db/backup/errors.ts";
import { restoreBackup } from "#lib/db/backup/restore-backup.ts";
import { backupPieces, type BackupHeader } from "#lib/db/backup/write-backup.ts";
import { CodedError } from "#lib/errors.ts";

/** A backup is not written over a file that is there. */
class FileThere extends CodedError {
  readonly code = "bin.file_there" as const;

  constructor(readonly file: string) {
    super(`${file} is there already`);
  }
}

/**
 * Writes a backup, compressed and readable by its owner alone; it has its name once it is whole.
 *
 * @throws FileThere
 */
export async function writeBackupFile(url: string, file: string, version: string): Promise<void> {
  if (existsSync(file)) throw new FileThere(file);
  const draft = `${file}.${process.pid}.part`;
  const handle = await open(draft, "wx", 0o600);
  try {
    const into = handle.createWriteStream({ flush: true });
    await pipeline(Readable.from(backupPieces(url, { version })), createGzip(), into);
    await link(draft, file);
  } finally {
    await handle.close().catch(() => undefined);
    await rm(draft, { force: true });
  }
}

/** @throws what `restoreBackup` throws */
export async function restoreBackupFile(url: string, file: string): Promise<BackupHeader> {
  const unpacked = createGunzip();
  const reading = pipeline(createReadStream(file), unpacked);
  try {
    const [header] = await Promise.all([restoreBackup(url, unpacked), reading]);
    return header;
  } catch (error) {
    unpacked.destroy();
    const { code } = error as NodeJS.ErrnoException;
    if (code === "Z_BUF_ERROR" || code === "Z_DATA_ERROR")
      throw new BackupUnreadable("it was cut off, or is not compressed as backups are");
    if (code === "ENOENT") throw new BackupUnreadable(`there is no file ${file}`);
    throw error;
  } finally {
    await reading.catch(() => undefined);
  }
}
