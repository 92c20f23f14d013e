import { CodedError } from "#lib/errors.ts";

/** The embedded PostgreSQL could not be set up or started; `logFile` says more. */
export class EmbeddedDatabaseFailed extends CodedError {
  readonly code = "db.embedded_failed" as const;
  readonly step: string;
  readonly detail: string;
  readonly logFile: string | undefined;

  constructor(facts: { step: string; detail: string; logFile?: string; cause?: unknown }) {
    super(`the embedded database failed to ${facts.step}: ${facts.detail}`, { cause: facts.cause });
    this.step = facts.step;
    this.detail = facts.detail;
    this.logFile = facts.logFile;
  }
}

/** No PostgreSQL programs are installed for this platform; a server is needed. */
export class EmbeddedDatabaseUnavailable extends CodedError {
  readonly code = "db.embedded_unavailable" as const;

  constructor(
    readonly platform: string,
    options?: { cause?: unknown },
  ) {
    super(`no embedded database is installed for ${platform}; set DATABASE_URL instead`, options);
  }
}

/** The data folder was written by another major version of PostgreSQL. */
export class DataFolderVersionMismatch extends CodedError {
  readonly code = "db.data_folder_version" as const;

  constructor(
    readonly folder: string,
    readonly found: string,
    readonly needed: string,
  ) {
    super(`the data folder was written by postgresql ${found} and this version brings ${needed}`);
  }
}
