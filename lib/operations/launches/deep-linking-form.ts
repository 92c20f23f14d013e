import { deepLinkingResponse, type ContentItem, type LaunchMessage } from "#lib/lti/index.ts";
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
  const sign = (chosen: ContentItem[]) =>
    deepLinkingResponse({
      registration,
      deploymentId,
      settings,
      items: chosen,
      now: caller.now(),
    });
  const { returnUrl } = settings;
  const nothing = await sign([]);
  const isAccepted = settings.acceptTypes.includes(link.type);
  const chosen = isAccepted ? { title: TITLE, jwt: await sign([link]) } : null;
  return { returnUrl, chosen, nothing };
}

function toolUrl({ settings }: Caller): string {
  return `${settings.publicUrl}/lti/launch`;
}
