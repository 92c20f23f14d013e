import { CodedError } from "#lib/errors.ts";

/** The database does not answer or refuses us. The address is not repeated: it holds a password. */
export class DatabaseUnreachable extends CodedError {
  readonly code = "db.unreachable" as const;
  readonly host: string;
  readonly reason: string;

  constructor(facts: { host: string; reason: string }) {
    super(`the database at ${facts.host} cannot be used: ${facts.reason || "no answer"}`);
    this.host = facts.host;
    this.reason = facts.reason;
  }
}
