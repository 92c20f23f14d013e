import { ROLLBOOK } from "#lib/auth/actor.ts";
import { type Database, transaction } from "#lib/db/client.ts";
import type { Engine } from "#lib/sync/index.ts";
import { startDelivering, type WebhookDelivering } from "./deliver.ts";
import { auditWebhook } from "./webhooks.ts";

/** Delivers webhooks in this process, beside the others that do. */
export function startWebhooks(
  db: Database,
  engine: Engine,
  onError: (error: unknown) => void,
): WebhookDelivering {
  const { lti, sealer } = engine;
  return startDelivering({
    ...lti,
    db,
    sealer,
    now: () => new Date(),
    onError,
    async onSkipped(endpoint, events) {
      await transaction(db, (tx) =>
        auditWebhook(tx, { actor: ROLLBOOK }, "webhook.skip", endpoint, { events: String(events) }),
      );
    },
    async onDisabled(endpoint, reason) {
      await transaction(db, (tx) =>
        auditWebhook(tx, { actor: ROLLBOOK }, "webhook.disable", endpoint, { reason }),
      );
    },
  });
}
