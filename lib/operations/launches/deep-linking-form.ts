import { acceptedItems, deepLinkingResponse, type LaunchMessage } from "#lib/lti/index.ts";
import type { Caller } from "../caller.ts";

/** Two signed answers, of which the person in front of the page sends one. */
export type DeepLinkingForm = {
  returnUrl: string;
  /** Null where the platform takes no links to tools here. */
  chosen: { title: string; jwt: string } | null;
  nothing: string;
};

const TITLE = "Rollbook";

export async function deepLinkingForm(
  caller: Caller,
  registrationId: string,
  { deploymentId, deepLinking: settings }: LaunchMessage,
): Promise<DeepLinkingForm> {
  if (!settings) throw new TypeError("a deep linking request has its settings");
  const { registration } = await caller.engine.loadRegistration(registrationId);
  const link = { type: "ltiResourceLink" as const, title: TITLE, url: toolUrl(caller) };
  const items = acceptedItems(settings, [link]);
  const sign = (chosen: typeof items) =>
    deepLinkingResponse({
      registration,
      deploymentId,
      settings,
      items: chosen,
      now: caller.now(),
    });
  const { returnUrl } = settings;
  const nothing = await sign([]);
  if (items.length === 0) return { returnUrl, chosen: null, nothing };
  return { returnUrl, chosen: { title: TITLE, jwt: await sign(items) }, nothing };
}

function toolUrl({ settings }: Caller): string {
  return `${settings.publicUrl}/lti/launch`;
}
