import type { Metadata } from "next";
import { pageCaller } from "../../../../_server/caller.ts";
import { found } from "../../../../_server/found.ts";
import { prefetch } from "../../../../_server/prefetch.ts";
import { registrationOptions } from "../../../courses/registration-options.ts";
import * as acts from "../actions.ts";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";
import { WebhookDeliveries } from "#components/settings/webhooks/webhook-deliveries.tsx";
import { WebhookCard } from "#components/settings/webhooks/webhook-card.tsx";
import { getWebhook } from "#lib/operations/webhooks/webhooks.ts";

export const metadata: Metadata = { title: "A webhook" };

export default async function WebhookPage(props: { params: Promise<{ webhookId: string }> }) {
  const { webhookId } = await props.params;
  const caller = await pageCaller(`/settings/webhooks/${webhookId}`);
  const { name } = await found(getWebhook(caller, { webhookId }));
  const [registrations, ...read] = await Promise.all([
    registrationOptions(caller),
    prefetch(caller, reads.webhook({ webhookId })),
    prefetch(caller, reads.webhookDeliveries({ webhookId })),
  ]);
  return (
    <>
      <PageHeader title={name} crumbs={[{ label: "Webhooks", href: "/settings/webhooks" }]} />
      <Prefetched reads={read}>
        <div className="max-w-5xl space-y-5">
          <WebhookCard
            webhookId={webhookId}
            registrations={registrations}
            save={acts.saveWebhook}
            rotate={acts.rotateSecret}
            enable={acts.enableWebhook}
            disable={acts.disableWebhook}
            test={acts.sendTest}
            replay={acts.replay}
            remove={acts.removeWebhook}
          />
          <WebhookDeliveries webhookId={webhookId} />
        </div>
      </Prefetched>
    </>
  );
}
