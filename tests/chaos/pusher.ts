import type { Caller } from "#lib/operations/caller.ts";
import { pushScores } from "#lib/operations/scores/push/push-scores.ts";
import type { LineItem } from "#lib/db/generated/client.ts";
import { pick } from "./random.ts";

export type Gradebook = { lineItem: LineItem; userIds: string[] };

type Wanted = {
  /** The last value whose push was acknowledged. */
  acknowledged: number | undefined;
  /** Values of later pushes that ended without an answer: stored or not. */
  unanswered: number[];
};

/** Pushes random scores and remembers what was acknowledged, as a tool's own records would. */
export class Pusher {
  readonly #wanted = new Map<string, Map<string, Wanted>>();
  /** No value is ever wanted twice, so that what arrives twice is told apart from that. */
  #values = 0;
  acknowledged = 0;
  unanswered = 0;

  constructor(
    private readonly caller: Caller,
    private readonly gradebooks: readonly Gradebook[],
    private readonly random: () => number,
  ) {}

  async pushSome(): Promise<void> {
    const { lineItem, userIds } = pick(this.random, this.gradebooks);
    const scores = userIds
      .filter(() => this.random() < 0.3)
      .map((userId) => ({ userId, scoreGiven: ++this.#values / 100 }));
    if (scores.length === 0) return;
    const given = scores.map((score) => ({
      ...score,
      activityProgress: "Completed" as const,
      gradingProgress: "FullyGraded" as const,
    }));
    let isAcknowledged = false;
    try {
      await pushScores(this.caller, { lineItemId: lineItem.id, scores: given, send: true });
      isAcknowledged = true;
    } catch {
      // The database was away; a caller would push again, and this one waits for its next turn.
    }
    for (const { userId, scoreGiven } of scores)
      this.#note({ url: lineItem.url, userId, scoreGiven, isAcknowledged });
  }

  /** What the platform may hold for each person of a line item in the end. */
  allowed(lineItemUrl: string): Map<string, number[]> {
    const allowed = new Map<string, number[]>();
    for (const [userId, { acknowledged, unanswered }] of this.#wanted.get(lineItemUrl) ?? [])
      allowed.set(userId, [...(acknowledged === undefined ? [] : [acknowledged]), ...unanswered]);
    return allowed;
  }

  /** People of a line item with an acknowledged value. */
  mustHave(lineItemUrl: string): string[] {
    const people = [...(this.#wanted.get(lineItemUrl) ?? [])];
    return people.flatMap(([userId, { acknowledged }]) =>
      acknowledged === undefined ? [] : [userId],
    );
  }

  #note(push: { url: string; userId: string; scoreGiven: number; isAcknowledged: boolean }): void {
    const people = this.#wanted.get(push.url) ?? new Map<string, Wanted>();
    this.#wanted.set(push.url, people);
    const before = people.get(push.userId) ?? { acknowledged: undefined, unanswered: [] };
    if (push.isAcknowledged) this.acknowledged += 1;
    else this.unanswered += 1;
    people.set(
      push.userId,
      push.isAcknowledged
        ? { acknowledged: push.scoreGiven, unanswered: [] }
        : { ...before, unanswered: [...before.unanswered, push.scoreGiven] },
    );
  }
}
