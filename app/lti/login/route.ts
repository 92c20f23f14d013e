import { beginLogin, type Login } from "#lib/operations/launches/index.ts";
import { htmlPage } from "../_html/document.ts";
import { html } from "../_html/html.ts";
import { keepAndGo } from "../_html/storage-script.ts";
import { answeringPage } from "../_server/answering-page.ts";
import { readForm } from "../_server/read-form.ts";
import { stateCookie, stateName } from "../_server/state-cookie.ts";
import { toolCaller } from "../_server/tool-caller.ts";

/** A platform starts a login, by GET or by POST (Security Framework 1.0 §5.1.1.1). */
export async function GET(request: Request): Promise<Response> {
  return answer(request, async () => new URL(request.url).searchParams);
}

export async function POST(request: Request): Promise<Response> {
  return answer(request, () => readForm(request));
}

function answer(request: Request, read: () => Promise<URLSearchParams>): Promise<Response> {
  return answeringPage(request, "The login was refused", async () => {
    const parameters = await read();
    const caller = await toolCaller();
    const login = await beginLogin(caller, parameters);
    const { publicUrl } = caller.settings;
    const cookie = stateCookie(login.state, { publicUrl, maxAgeS: login.lifetimeS });
    return login.storage ? storingPage(login, login.storage, cookie) : redirect(login, cookie);
  });
}

function redirect({ authenticationUrl: location }: Login, cookie: string): Response {
  const headers = { location, "set-cookie": cookie, "cache-control": "no-store" };
  return new Response(null, { status: 302, headers });
}

/** The cookie may be blocked, so the platform's frame keeps the state as well. */
function storingPage(
  { authenticationUrl, state }: Login,
  storage: NonNullable<Login["storage"]>,
  cookie: string,
): Response {
  const kept = { key: stateName(state), value: state };
  return htmlPage({
    title: "Opening Rollbook",
    framedBy: "anyone",
    body: html`<p class="muted">One moment.</p>
      <noscript
        ><p><a href="${authenticationUrl}">Go on</a></p></noscript
      >`,
    script: keepAndGo(storage, kept, authenticationUrl),
    headers: [["set-cookie", cookie]],
  });
}
