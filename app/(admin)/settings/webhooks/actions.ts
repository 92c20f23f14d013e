"use server";

import { z } from "zod";
import { confirmed } from "../../../_server/forms/confirmed.ts";
import { done, formAction, goTo } from "../../../_server/forms/form-action.ts";
import { ifSeen, SeenVersion } from "../../../_server/forms/seen-version.ts";
import { Id } from "#lib/operations/fields.ts";
import * as deliveries from "#lib/operations/webhooks/deliveries.ts";
import { SecretRotation, WebhookInput } from "#lib/operations/webhooks/schema.ts";
import * as webhooks from "#lib/operations/webhooks/webhooks.ts";

const Webhook = z.object({ webhookId: Id });

export const addWebhook = formAction(z.object(WebhookInput.shape), async (caller, input) =>
  done(undefined, await webhooks.createWebhook(caller, input)),
);

/** Fields that the form leaves out were emptied. */
export const saveWebhook = formAction(
  z.object({ ...WebhookInput.shape, ...Webhook.shape, ...SeenVersion.shape }),
  async (caller, input) => {
    return done("Endpoint saved", await webhooks.editWebhook(caller, ifSeen(input)));
  },
);

export const rotateSecret = formAction(
  Webhook.extend(SecretRotation.shape),
  async (caller, input) => done(undefined, await webhooks.rotateWebhookSecret(caller, input)),
);

export const enableWebhook = formAction(Webhook, async (caller, input) => {
  await webhooks.editWebhook(caller, { ...input, isEnabled: true });
  return done("Enabled: it goes on where everything had been accepted");
});

export const disableWebhook = formAction(Webhook, async (caller, input) => {
  await webhooks.editWebhook(caller, { ...input, isEnabled: false });
  return done("Disabled: changes wait for it");
});

export const sendTest = formAction(Webhook, async (caller, input) => {
  const { isDelivered, httpStatus, problem } = await deliveries.testWebhook(caller, input);
  const answer = problem ?? `status ${httpStatus}`;
  return done(isDelivered ? `Test accepted: ${answer}` : `Test not accepted: ${answer}`);
});

export const replay = formAction(
  Webhook.extend({ hours: z.coerce.number().int().min(1).max(720) }),
  async (caller, { webhookId, hours }) => {
    const since = new Date(Date.now() - hours * 3_600_000).toISOString();
    await deliveries.replayWebhook(caller, { webhookId, since });
    return done("Everything since then is posted once more");
  },
);

export const removeWebhook = formAction(
  Webhook.extend({ confirmation: z.string() }),
  async (caller, { webhookId, confirmation }) => {
    const { name } = await webhooks.getWebhook(caller, { webhookId });
    confirmed(confirmation, name);
    await webhooks.deleteWebhook(caller, { webhookId });
    return goTo("/settings/webhooks");
  },
);
