import type { StoredScore } from "./stored-score.ts";

export type LineItemFields = Record<string, unknown> & { label: string; scoreMaximum: number };

export class LineItem {
  /** In the order of the first score, which paging relies on. */
  readonly scores = new Map<string, StoredScore>();

  isLocked = false;
  /** Whose grades a teacher locked. */
  readonly lockedUsers = new Set<string>();

  constructor(
    readonly number: number,
    readonly url: string,
    public fields: LineItemFields,
  ) {}

  /** Tied to a resource link by the platform; deleting it would leave the link without a column. */
  get isCoupled(): boolean {
    return this.fields["resourceLinkId"] !== undefined;
  }

  isLockedFor(userId: string): boolean {
    return this.isLocked || this.lockedUsers.has(userId);
  }

  toWire(): Record<string, unknown> {
    return { id: this.url, ...this.fields };
  }
}
