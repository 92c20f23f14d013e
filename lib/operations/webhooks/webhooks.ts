import { type Actor, actorName } from "#lib/auth/actor.ts";
import { type Db, transaction } from "#lib/db/client.ts";
import { numberEntries } from "#lib/db/feed/entries.ts";
import type { FeedType } from "#lib/db/feed/types.ts";
import * as stored from "#lib/db/webhooks/endpoints.ts";
import { audit } from "../audit/trail.ts";
import { byId } from "../by-id.ts";
import type { Asker, Caller } from "../caller.ts";
import { InvalidInput } from "../errors.ts";
import { type Page, PageQuery } from "../fields.ts";
import { BY_CREATION, pageFrom } from "../lists/cursor.ts";
import { permit, seesNames } from "../permit.ts";
import { checkPlatformAddresses } from "../registrations/platform-addresses.ts";
import { validated } from "../validated.ts";
import { checkVersion, type Expected, versionOf } from "../version.ts";
import {
  SecretRotation,
  WebhookChanges,
  type WebhookCreated,
  WebhookInput,
  type WebhookView,
} from "./schema.ts";
import { newSecret } from "./secrets.ts";

const HOUR_MS = 3_600_000;

/** Adds an endpoint; it is told what happens from now on. The secret is in this answer alone. */
export async function createWebhook(asker: Asker, input: WebhookInput): Promise<WebhookCreated> {
  const caller = await permit(asker, "admin", "everywhere");
  const given = validated(WebhookInput, input);
  requireUsable(caller, given);
  const id = crypto.randomUUID();
  const { secret, sealed } = newSecret(caller.engine.sealer, id);
  return transaction(caller.db, async (tx) => {
    const { numbered } = await numberEntries(tx);
    const created = await stored.insertEndpoint(tx, {
      ...given,
      id,
      sealedSecret: sealed,
      told: numbered,
      createdBy: actorName(caller.actor),
    });
    await auditWebhook(tx, caller, "webhook.create", created);
    return { ...viewOf(created, numbered), secret };
  });
}

export async function listWebhooks(
  asker: Asker,
  query: Partial<PageQuery> = {},
): Promise<Page<WebhookView>> {
  const { db } = await permit(asker, "admin", "everywhere");
  const { cursor, limit } = validated(PageQuery, query);
  const after = BY_CREATION.decode(cursor);
  const { numbered } = await numberEntries(db);
  const { endpoints, total } = await stored.listEndpoints(db, { after, limit: limit + 1 });
  const nextCursor = BY_CREATION.encode;
  const view = (endpoint: stored.WebhookEndpoint) => viewOf(endpoint, numbered);
  return pageFrom({ rows: endpoints, limit, total, nextCursor, view });
}

export async function getWebhook(
  asker: Asker,
  { webhookId }: { webhookId: string },
): Promise<WebhookView> {
  const { db } = await permit(asker, "admin", "everywhere");
  return viewNow(db, await byId("webhook", webhookId, (id) => stored.findEndpoint(db, id)));
}

/**
 * What is left out keeps its value. Enabled again, it goes on where everything had been accepted.
 *
 * @throws VersionMismatch  somebody changed it since
 */
export async function editWebhook(
  asker: Asker,
  { webhookId, ifVersion, ...changes }: { webhookId: string } & Expected & WebhookChanges,
): Promise<WebhookView> {
  const caller = await permit(asker, "admin", "everywhere");
  const { isEnabled, ...given } = validated(WebhookChanges, changes);
  return transaction(caller.db, async (tx) => {
    const before = await requiredWebhook(tx, webhookId);
    checkVersion({ ifVersion }, editableFields(before));
    // Who does not see names must not have them posted to another address either.
    const hasNames = given.hasNames ?? before.hasNames;
    const isMoved = given.url !== undefined && given.url !== before.url;
    requireUsable(caller, { url: given.url, hasNames: hasNames && (isMoved || !before.hasNames) });
    const changed = await stored.updateEndpoint(tx, before.id, {
      ...given,
      ...(isEnabled === true && { disabledAt: null, disabledReason: null }),
      ...(isEnabled === false &&
        before.disabledAt === null && { disabledAt: caller.now(), disabledReason: "operator" }),
      ...((isEnabled === true || isMoved) && triedAtOnce(caller.now())),
    });
    await auditWebhook(tx, caller, "webhook.edit", changed);
    return viewNow(tx, changed);
  });
}

/** As if the receiver had refused nothing. */
export function triedAtOnce(now: Date) {
  return { attempts: 0, failingSince: null, nextAt: now };
}

export async function deleteWebhook(
  asker: Asker,
  { webhookId }: { webhookId: string },
): Promise<WebhookView> {
  const caller = await permit(asker, "admin", "everywhere");
  return transaction(caller.db, async (tx) => {
    const webhook = await requiredWebhook(tx, webhookId);
    const view = await viewNow(tx, webhook);
    await stored.deleteEndpoint(tx, webhook.id);
    await auditWebhook(tx, caller, "webhook.delete", webhook);
    return view;
  });
}

/** A new secret, in this answer alone; for a while both sign, so that the receiver can change over. */
export async function rotateWebhookSecret(
  asker: Asker,
  { webhookId, ...rotation }: { webhookId: string } & SecretRotation,
): Promise<WebhookCreated> {
  const caller = await permit(asker, "admin", "everywhere");
  const { overlapHours } = validated(SecretRotation, rotation);
  return transaction(caller.db, async (tx) => {
    const before = await requiredWebhook(tx, webhookId);
    const { secret, sealed } = newSecret(caller.engine.sealer, before.id);
    const changed = await stored.updateEndpoint(tx, before.id, {
      sealedSecret: sealed,
      formerSecret: overlapHours > 0 ? before.sealedSecret : null,
      formerUntil:
        overlapHours > 0 ? new Date(caller.now().getTime() + overlapHours * HOUR_MS) : null,
    });
    await auditWebhook(tx, caller, "webhook.rotate_secret", changed);
    return { ...(await viewNow(tx, changed)), secret };
  });
}

/** Locked until the transaction ends. @throws NotFound */
export async function requiredWebhook(tx: Db, webhookId: string): Promise<stored.WebhookEndpoint> {
  return byId("webhook", webhookId, (id) => stored.lockEndpoint(tx, id));
}

export async function auditWebhook(
  tx: Db,
  by: { actor: Actor } & Pick<Caller, "request">,
  action: string,
  { id, name, url }: stored.WebhookEndpoint,
  detail: Record<string, string> = {},
): Promise<void> {
  await audit(tx, by, {
    action,
    object: "webhook",
    objectId: id,
    detail: { name, url, ...detail },
  });
}

/** @throws InvalidInput  plain http, or names that the asker may not see */
function requireUsable(
  caller: Caller,
  { url, hasNames }: { url?: string; hasNames?: boolean },
): void {
  if (url !== undefined) checkPlatformAddresses(caller, { url });
  if (url !== undefined && (new URL(url).username || new URL(url).password))
    throw new InvalidInput({
      url: ["must not have a user name or password; the signature proves who posts"],
    });
  if (hasNames && !seesNames(caller.actor))
    throw new InvalidInput({ hasNames: ["needs the right to see names"] });
}

/** But for whether it is on, which changes by itself where its receiver fails. */
function editableFields(endpoint: stored.WebhookEndpoint) {
  const { name, url, types, registrationIds, hasNames } = endpoint;
  return { name, url, types, registrationIds, hasNames };
}

async function viewNow(db: Db, endpoint: stored.WebhookEndpoint): Promise<WebhookView> {
  return viewOf(endpoint, (await numberEntries(db)).numbered);
}

function viewOf(endpoint: stored.WebhookEndpoint, numbered: bigint): WebhookView {
  const { disabledAt, attempts, failingSince, formerUntil, told } = endpoint;
  const isFailing = disabledAt === null && attempts > 0;
  return {
    id: endpoint.id,
    name: endpoint.name,
    url: endpoint.url,
    types: endpoint.types as FeedType[],
    registrationIds: endpoint.registrationIds,
    hasNames: endpoint.hasNames,
    state: disabledAt ? "disabled" : isFailing ? "failing" : "delivering",
    disabledReason: endpoint.disabledReason as WebhookView["disabledReason"],
    attempts,
    failingSince: failingSince?.toISOString() ?? null,
    nextAttemptAt: isFailing ? endpoint.nextAt.toISOString() : null,
    told: String(told),
    waiting: numbered > told ? Number(numbered - told) : 0,
    skipped: endpoint.skippedAt && {
      events: Number(endpoint.skippedEvents),
      at: endpoint.skippedAt.toISOString(),
    },
    formerSecretUntil: formerUntil?.toISOString() ?? null,
    version: versionOf(editableFields(endpoint)),
    createdBy: endpoint.createdBy,
    createdAt: endpoint.createdAt.toISOString(),
  };
}
