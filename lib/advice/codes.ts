import type { TooManyPasswords } from "#lib/auth/secrets/password.ts";
import type { SingleSignOnOnly, SingleSignOnRefused } from "#lib/auth/single-sign-on/errors.ts";
import type { SealBroken } from "#lib/auth/secrets/seal.ts";
import type { PasskeyRefused } from "#lib/auth/passkeys/errors.ts";
import type { CodeRefused, SecondStepOver } from "#lib/auth/second-factor/errors.ts";
import type { PasswordRefused, SignInRefused, SignInThrottled } from "#lib/auth/sign-in/errors.ts";
import type {
  DataFolderVersionMismatch,
  EmbeddedDatabaseFailed,
  EmbeddedDatabaseUnavailable,
} from "#lib/db/embedded/errors.ts";
import type { LeaseLost } from "#lib/db/errors.ts";
import type { BackupNewer, BackupUnreadable, DatabaseNotEmpty } from "#lib/db/backup/errors.ts";
import type { DatabaseNewer, MigrationEdited, MigrationFailed } from "#lib/db/migrate/errors.ts";
import type { DatabaseUnreachable } from "#lib/db/open.ts";
import type { LtiError } from "#lib/lti/errors.ts";
import type { OperationError } from "#lib/operations/errors.ts";
import type { ProfileInvalid } from "#lib/platforms/profile.ts";
import type { OutcomeCode, SyncError } from "#lib/sync/errors.ts";

type AuthError =
  | SingleSignOnRefused
  | SingleSignOnOnly
  | SealBroken
  | SignInRefused
  | SignInThrottled
  | PasswordRefused
  | CodeRefused
  | PasskeyRefused
  | SecondStepOver
  | TooManyPasswords;
type DatabaseError =
  | DatabaseUnreachable
  | DatabaseNewer
  | MigrationEdited
  | MigrationFailed
  | BackupUnreadable
  | BackupNewer
  | DatabaseNotEmpty
  | EmbeddedDatabaseFailed
  | EmbeddedDatabaseUnavailable
  | DataFolderVersionMismatch;

/** Every code that a run, a connection test or a page may show. */
export type Code =
  | (
      LtiError | ProfileInvalid | SyncError | LeaseLost | OperationError | AuthError | DatabaseError
    )["code"]
  | OutcomeCode;
