import { setTimeout as later } from "node:timers/promises";
import type { Db } from "#lib/db/client.ts";
import { numberEntries, readEntries } from "#lib/db/feed/entries.ts";
import type { FeedType } from "#lib/db/feed/types.ts";
import * as stored from "#lib/db/webhooks/deliveries.ts";
import type { WebhookEndpoint } from "#lib/db/webhooks/endpoints.ts";
import { eventsOf } from "../feed/events.ts";
import { type Posting, postEvent } from "./post.ts";

const LOOK_AGAIN_MS = 1_000;
/** Events of an endpoint that are read at once. */
const PORTION = 100;
/** Endpoints that one process posts to at once. */
const AT_ONCE = 8;
const GONE = 410;

/** How long it waits after each attempt that failed: a day in all. Then the endpoint is disabled. */
const WAITS_MS = [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 21_600, 36_000].map(
  (seconds) => seconds * 1_000,
);

export type WebhookDelivering = { stop(): Promise<void> };

export type DeliveringDeps = Posting & {
  db: Db;
  onError: (error: unknown) => void;
  /** So many numbers of the feed were no longer kept when its turn came. */
  onSkipped: (endpoint: WebhookEndpoint, events: bigint) => Promise<void>;
  /** An endpoint gets nothing more until somebody enables it. */
  onDisabled: (endpoint: WebhookEndpoint, reason: "gone" | "failing") => Promise<void>;
};

/**
 * Posts the changes of the feed to the endpoints of webhooks: to each in the order of the feed, one
 * after the other, at least once. An event that is not accepted is tried again after a while and
 * holds back those after it. Several processes share the endpoints.
 */
export function startDelivering(deps: DeliveringDeps): WebhookDelivering {
  const { db, onError } = deps;
  const stopping = new AbortController();
  const { signal } = stopping;
  const underWay = new Set<Promise<void>>();
  const looking = look();

  async function look(): Promise<void> {
    while (!signal.aborted) {
      await claim().catch((error: unknown) => signal.aborted || onError(error));
      await later(LOOK_AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async function claim(): Promise<void> {
    if (!(await stored.isAnyEnabled(db))) return;
    const { numbered, dropped } = await numberEntries(db);
    while (underWay.size < AT_ONCE) {
      const endpoint = await stored.claimEndpoint(db, numbered);
      if (!endpoint) return;
      const delivering = deliverAll(endpoint, dropped)
        .catch((error: unknown) => signal.aborted || onError(error))
        .then(() => void underWay.delete(delivering));
      underWay.add(delivering);
    }
  }

  async function deliverAll(endpoint: WebhookEndpoint, dropped: bigint): Promise<void> {
    let [from, attempt] = [endpoint.told, endpoint.attempts + 1];
    if (from < dropped) {
      const isOurs = await stored.recordSkipped(db, endpoint.id, { from, to: dropped });
      if (!isOurs) return stored.releaseEndpoint(db, endpoint.id);
      await deps.onSkipped(endpoint, dropped - from);
      [from, attempt] = [dropped, 1];
    }
    for (;;) {
      const { events, readTo } = await portionAfter(endpoint, from);
      for (const event of events) {
        if (signal.aborted) return stored.releaseEndpoint(db, endpoint.id);
        const delivery = await postEvent(deps, endpoint, event, { reason: "change", attempt });
        if (!delivery.isDelivered) return refused(endpoint, delivery);
        const to = BigInt(event.sequence);
        const isOurs = await stored.recordDelivered(db, delivery, { from, to });
        if (!isOurs) return stored.releaseEndpoint(db, endpoint.id);
        [from, attempt] = [to, 1];
      }
      if (events.length < PORTION) {
        if (from < readTo) await stored.recordTold(db, endpoint.id, { from, to: readTo });
        return stored.releaseEndpoint(db, endpoint.id);
      }
    }
  }

  async function portionAfter(endpoint: WebhookEndpoint, after: bigint) {
    const { types, registrationIds, hasNames } = endpoint;
    const { entries, readTo } = await readEntries(db, {
      after,
      limit: PORTION,
      types: types.length > 0 ? (types as FeedType[]) : undefined,
      registrationIds: registrationIds.length > 0 ? registrationIds : null,
    });
    const portion = { after, limit: PORTION, names: hasNames };
    return { events: await eventsOf(db, entries, portion), readTo };
  }

  async function refused(endpoint: WebhookEndpoint, delivery: stored.NewDelivery): Promise<void> {
    const againInMs = WAITS_MS[delivery.attempt - 1];
    const isGone = delivery.httpStatus === GONE;
    if (!isGone && againInMs !== undefined)
      return stored.recordRefused(db, delivery, { againInMs });
    const disabledFor = isGone ? "gone" : "failing";
    await stored.recordRefused(db, delivery, { disabledFor });
    await deps.onDisabled(endpoint, disabledFor);
  }

  return {
    async stop() {
      stopping.abort();
      // Until then it may begin with one more.
      await looking;
      await Promise.all(underWay);
    },
  };
}
