import { CodedError } from "#lib/errors.ts";

/** A file is not a backup of Rollbook, or not a whole one. */
export class BackupUnreadable extends CodedError {
  readonly code = "db.backup_unreadable" as const;

  constructor(readonly reason: string) {
    super(`this backup cannot be read: ${reason}`);
  }
}

/** A backup was made by a later version, or by another line of versions. */
export class BackupNewer extends CodedError {
  readonly code = "db.backup_newer" as const;

  constructor(readonly migrations: readonly string[]) {
    super(
      `this backup was made by a later version of Rollbook (it has ${migrations.join(", ")}): ` +
        "restore it with that version",
    );
  }
}

/** The database that a backup was to be restored into has data of its own. */
export class DatabaseNotEmpty extends CodedError {
  readonly code = "db.not_empty" as const;

  constructor(readonly reason: string) {
    super(`a backup is restored into an empty database only, and ${reason}; nothing was changed`);
  }
}
