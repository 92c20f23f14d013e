import { CodedError } from "#lib/errors.ts";

/** A migration that was applied has been edited since; restore its file. */
export class MigrationEdited extends CodedError {
  readonly code = "db.migration_edited" as const;

  constructor(readonly migration: string) {
    super(`migration ${migration} was edited after it had been applied`);
  }
}

/** A migration's SQL failed; nothing of it was kept. */
export class MigrationFailed extends CodedError {
  readonly code = "db.migration_failed" as const;

  constructor(
    readonly migration: string,
    readonly detail: string,
    options?: { cause?: unknown },
  ) {
    super(`migration ${migration} failed: ${detail}`, options);
  }
}

/** The database holds migrations that this version does not know; start a newer version. */
export class DatabaseNewer extends CodedError {
  readonly code = "db.newer" as const;

  constructor(readonly migrations: readonly string[]) {
    super(`the database was migrated by a newer version (${migrations.join(", ")})`);
  }
}
