import type { Asker } from "../caller.ts";
import { describeTool, toolAddresses } from "./tool-description.ts";

/**
 * What Canvas's LTI key page takes under “Paste JSON”: addresses, scopes and one placement.
 *
 * Without the privacy level `public` Canvas sends rosters without names. The placement is for
 * instructors and admins, as a student has nothing to do here.
 */
export function canvasConfiguration(caller: Asker) {
  const { name, description, loginUrl, launchUrl, jwksUrl, logoUrl, scopes } = describeTool(caller);
  return {
    title: name,
    description,
    oidc_initiation_url: loginUrl,
    target_link_uri: launchUrl,
    redirect_uris: [launchUrl],
    public_jwk_url: jwksUrl,
    scopes,
    custom_fields: {},
    extensions: [
      {
        platform: "canvas.instructure.com",
        domain: toolAddresses(caller).domain,
        tool_id: "rollbook",
        privacy_level: "public",
        settings: {
          text: name,
          icon_url: logoUrl,
          placements: [
            {
              placement: "course_navigation",
              message_type: "LtiResourceLinkRequest",
              target_link_uri: launchUrl,
              text: name,
              visibility: "admins",
              default: "enabled",
              enabled: true,
            },
          ],
        },
      },
    ],
  };
}
