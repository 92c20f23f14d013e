import { transaction } from "#lib/db/client.ts";
import { feedNumberAt, numberEntries } from "#lib/db/feed/entries.ts";
import * as stored from "#lib/db/webhooks/deliveries.ts";
import { findEndpoint, updateEndpoint } from "#lib/db/webhooks/endpoints.ts";
import { byId } from "../by-id.ts";
import type { Asker } from "../caller.ts";
import { FeedExpired } from "../errors.ts";
import { type Page, PageQuery } from "../fields.ts";
import { decodeCursor, encodeCursor, pageFrom } from "../lists/cursor.ts";
import { permit } from "../permit.ts";
import { validated } from "../validated.ts";
import { postEvent } from "./post.ts";
import { type DeliveryView, Replay, type WebhookView } from "./schema.ts";
import { auditWebhook, getWebhook, requiredWebhook, triedAtOnce } from "./webhooks.ts";

/** Attempts to deliver, newest first. */
export async function listWebhookDeliveries(
  asker: Asker,
  { webhookId, ...query }: { webhookId: string } & Partial<PageQuery>,
): Promise<Page<DeliveryView>> {
  const { db } = await permit(asker, "admin", "everywhere");
  const { cursor, limit } = validated(PageQuery, query);
  const { id: endpointId } = await byId("webhook", webhookId, (id) => findEndpoint(db, id));
  const [id] = decodeCursor(cursor, ["number"]) ?? [];
  const before = id === undefined ? undefined : BigInt(id);
  const window = { endpointId, before, limit: limit + 1 };
  const { deliveries, total } = await stored.listDeliveries(db, window);
  const nextCursor = (last: stored.WebhookDelivery) => encodeCursor([String(last.id)]);
  return pageFrom({ rows: deliveries, limit, total, nextCursor, view: deliveryView });
}

/** Posts a made-up change by the way that all go, also while the endpoint is disabled. */
export async function testWebhook(
  asker: Asker,
  { webhookId }: { webhookId: string },
): Promise<DeliveryView> {
  const caller = await permit(asker, "admin", "everywhere");
  const { db, engine, now } = caller;
  const endpoint = await byId("webhook", webhookId, (id) => findEndpoint(db, id));
  const test = {
    id: `test_${crypto.randomUUID()}`,
    sequence: 0,
    type: "test",
    at: now().toISOString(),
    registrationId: endpoint.registrationIds[0] ?? endpoint.id,
    courseId: null,
    member: null,
    score: null,
    data: { message: "Rollbook reaches this endpoint." },
  };
  const posting = { ...engine.lti, sealer: engine.sealer, now };
  const delivery = await postEvent(posting, endpoint, test, { reason: "test", attempt: 1 });
  return transaction(db, async (tx) => {
    await auditWebhook(tx, caller, "webhook.test", endpoint);
    return deliveryView(await stored.insertDelivery(tx, delivery));
  });
}

/**
 * Posts everything after a cursor, or since a moment, once more.
 *
 * @throws FeedExpired  it is no longer kept
 */
export async function replayWebhook(
  asker: Asker,
  { webhookId, ...input }: { webhookId: string } & Replay,
): Promise<WebhookView> {
  const caller = await permit(asker, "admin", "everywhere");
  const { after, since } = validated(Replay, input);
  await transaction(caller.db, async (tx) => {
    const endpoint = await requiredWebhook(tx, webhookId);
    const { numbered, dropped } = await numberEntries(tx);
    const told = since === undefined ? BigInt(after!) : await feedNumberAt(tx, new Date(since));
    if (told < dropped || told > numbered) throw new FeedExpired(String(told));
    await updateEndpoint(tx, endpoint.id, { told, ...triedAtOnce(caller.now()) });
    await auditWebhook(tx, caller, "webhook.replay", endpoint, { after: String(told) });
  });
  return getWebhook(caller, { webhookId });
}

function deliveryView({ id, at, reason, endpointId: _, ...facts }: stored.WebhookDelivery) {
  return {
    ...facts,
    id: String(id),
    reason: reason as DeliveryView["reason"],
    at: at.toISOString(),
  };
}
