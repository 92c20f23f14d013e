import {
  offerRegistration,
  registerWithPlatform,
} from "#lib/operations/invitations/dynamic-registration.ts";
import { InvalidInput } from "#lib/operations/errors.ts";
import { shortScopeOf } from "#lib/operations/registrations/platform-facts.ts";
import { hiddenField, htmlPage } from "../../_html/document.ts";
import { html, scriptValue } from "../../_html/html.ts";
import { answeringPage } from "../../_server/answering-page.ts";
import { readForm } from "../../_server/read-form.ts";
import { toolCaller } from "../../_server/tool-caller.ts";

type Context = { params: Promise<{ invitation: string }> };

const TITLE = "Rollbook cannot be registered";

/** The LMS follows an invitation (Dynamic Registration 1.0 §3.3): says what would be registered. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return answeringPage(request, TITLE, async () => {
    const { invitation: token } = await params;
    const query = new URL(request.url).searchParams;
    const configurationUrl = configurationUrlOf(query);
    const caller = await toolCaller();
    const offer = await offerRegistration(caller, { token, configurationUrl });
    const registrationToken = query.get("registration_token");
    return htmlPage({
      title: `Register Rollbook as “${offer.invitationName}”`,
      framedBy: "anyone",
      formsTo: ["'self'"],
      body: html`<p>Rollbook will be registered as a tool of this LMS.</p>
        <dl>
          <dt>LMS</dt>
          <dd>
            ${offer.issuer} ${offer.product && html`<span class="muted">(${offer.product})</span>`}
          </dd>
          <dt>Rollbook asks for</dt>
          <dd>
            <ul>
              ${offer.askedScopes.map((scope) => html`<li>${shortScopeOf(scope)}</li>`)}
            </ul>
          </dd>
          ${
            offer.missingScopes.length > 0 &&
            html`<dt>Needed, and not offered by this LMS</dt>
              <dd>
                <ul>
                  ${offer.missingScopes.map((scope) => html`<li>${shortScopeOf(scope)}</li>`)}
                </ul>
              </dd>`
          }
        </dl>
        <form method="post">
          ${hiddenField("openid_configuration", configurationUrl)}
          ${registrationToken !== null && hiddenField("registration_token", registrationToken)}
          <button class="primary">Register</button>
        </form>`,
    });
  });
}

export async function POST(request: Request, { params }: Context): Promise<Response> {
  return answeringPage(request, TITLE, async () => {
    const { invitation: token } = await params;
    const form = await readForm(request);
    const { name, origins, isRefreshed, isPending } = await registerWithPlatform(
      await toolCaller(),
      {
        token,
        configurationUrl: configurationUrlOf(form),
        registrationToken: form.get("registration_token") ?? undefined,
      },
    );
    return htmlPage({
      title: "Registered",
      framedBy: "anyone",
      body: html`<p>
          “${name}” is registered
          ${isRefreshed && "again"}${
            isPending
              ? " and waits for approval by somebody who looks after Rollbook."
              : ": Rollbook has its new addresses and services."
          }
        </p>
        <p class="muted">This window can be closed.</p>`,
      script: closeWindow(origins),
    });
  });
}

function configurationUrlOf(parameters: URLSearchParams): string {
  const url = parameters.get("openid_configuration");
  if (url) return url;
  const openid_configuration = ["is missing: open this link from the LMS’s tool registration"];
  throw new InvalidInput({ openid_configuration });
}

/** Dynamic Registration 1.0 §3.7; to the platform's own origins, never to just anybody. */
function closeWindow(origins: string[]): string {
  return `
    const host = window.opener || (window.parent !== window ? window.parent : null);
    for (const origin of host ? ${scriptValue(origins)} : []) {
      host.postMessage({ subject: "org.imsglobal.lti.close" }, origin);
    }`;
}
