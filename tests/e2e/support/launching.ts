import { RegistrationView } from "#lib/operations/registrations/schema.ts";
import { platform } from "./platform.ts";
import { SITE } from "./site.ts";

const CLIENT = "launching-tool";

/** A registration known on both sides, whose courses arrive by launches; made once. */
export async function givenLaunchingTool(): Promise<{ clientId: string }> {
  const known = (await platform.registrations()).some(({ clientId }) => clientId === CLIENT);
  if (known) return { clientId: CLIENT };
  const { deploymentIds, ...told } = await platform.addRegistration({
    clientId: CLIENT,
    jwksUrl: `${SITE.url}/lti/jwks`,
    loginUrl: `${SITE.url}/lti/login`,
    launchUrl: `${SITE.url}/lti/launch`,
  });
  const response = await fetch(`${SITE.url}/api/v1/registrations`, {
    method: "POST",
    headers: { authorization: `Bearer ${SITE.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ name: "Launching College", profile: "other", deploymentIds, ...told }),
  });
  RegistrationView.parse(await response.json());
  return { clientId: CLIENT };
}
