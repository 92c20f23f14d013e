import type { ToolDescription } from "#lib/lti/index.ts";
import type { Asker } from "../caller.ts";
import { WANTED_SCOPES } from "../courses/needed-scopes.ts";

/** How Rollbook describes itself to a platform. */
export function describeTool({ settings: { publicUrl } }: Asker): ToolDescription {
  return {
    name: "Rollbook",
    description: "Keeps rosters and grades in step with this LMS.",
    loginUrl: `${publicUrl}/lti/login`,
    launchUrl: `${publicUrl}/lti/launch`,
    jwksUrl: `${publicUrl}/lti/jwks`,
    logoUrl: `${publicUrl}/logo.svg`,
    scopes: WANTED_SCOPES,
  };
}

/** What an LMS administrator types in by hand. */
export type ToolAddresses = {
  domain: string;
  launchUrl: string;
  loginUrl: string;
  redirectUrl: string;
  keysetUrl: string;
};

export function toolAddresses(caller: Asker): ToolAddresses {
  const { launchUrl, loginUrl, jwksUrl } = describeTool(caller);
  const { host } = new URL(launchUrl);
  return { domain: host, launchUrl, loginUrl, redirectUrl: launchUrl, keysetUrl: jwksUrl };
}
