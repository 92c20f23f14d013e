import { CodedError } from "#lib/errors.ts";

/** The reading ended without proof that it saw everybody; nobody was removed. */
export class RosterIncomplete extends CodedError {
  readonly code = "sync.roster_incomplete" as const;

  constructor(readonly reason: string) {
    super(
      `the roster may be incomplete (${reason.replaceAll("_", " ")}): who is absent from it may be there, so nobody was removed`,
    );
  }
}

/** The roster is another than the one the preview compared with; nothing was applied. */
export class RosterMoved extends CodedError {
  readonly code = "sync.roster_moved" as const;

  constructor(readonly previewId: string) {
    super("the roster changed since this preview; nothing was applied");
  }
}
