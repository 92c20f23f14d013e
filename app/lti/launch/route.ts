import { after } from "next/server";
import type { Asker } from "#lib/operations/caller.ts";
import {
  completeLaunch,
  followUpLaunch,
  stateOf,
  storageOfLaunch,
} from "#lib/operations/launches/index.ts";
import { getRuntime } from "#lib/runtime.ts";
import { hiddenField, htmlPage } from "../_html/document.ts";
import { html } from "../_html/html.ts";
import { readAndSend } from "../_html/storage-script.ts";
import { answeringPage } from "../_server/answering-page.ts";
import { outcomePage } from "../_server/outcome-page.ts";
import { readForm } from "../_server/read-form.ts";
import { keptByCookie, stateCookie, stateName } from "../_server/state-cookie.ts";
import { toolCaller } from "../_server/tool-caller.ts";

/** The platform's answer to a login, posted by the browser (Security Framework 1.0 §5.1.1.3). */
export async function POST(request: Request): Promise<Response> {
  return answeringPage(request, "The launch was refused", async () => {
    const form = await readForm(request);
    const caller = await toolCaller();
    const state = stateOf(form);
    const keptState = keptByCookie(request, state) ?? keptByPlatform(request, form, caller);
    const mayAskPlatform = keptState === undefined && !form.has("kept_state");
    if (mayAskPlatform) return askingPage(caller, form, state);
    const outcome = await completeLaunch(caller, { form, keptState });
    const { followUp } = outcome;
    if (followUp) after(() => follow(caller, followUp));
    const response = outcomePage(outcome);
    const { publicUrl } = caller.settings;
    response.headers.append("set-cookie", stateCookie(state, { publicUrl, maxAgeS: 0 }));
    return response;
  });
}

/**
 * The state that our own page read from the platform's frame. Only a page of ours can post from
 * our origin, so that nobody else can say what this browser kept.
 */
function keptByPlatform(
  request: Request,
  form: URLSearchParams,
  { settings }: Asker,
): string | undefined {
  const isOurs = request.headers.get("origin") === new URL(settings.publicUrl).origin;
  return isOurs ? (form.get("kept_state") ?? undefined) : undefined;
}

/** No cookie came: the page asks the platform's frame, and posts the launch once more. */
async function askingPage(caller: Asker, form: URLSearchParams, state: string): Promise<Response> {
  const frame = form.get("lti_storage_target");
  const storage = await storageOfLaunch(caller, { state, frame });
  const fields = [
    hiddenField("state", state),
    hiddenField("id_token", form.get("id_token") ?? ""),
    hiddenField("kept_state", ""),
  ];
  return htmlPage({
    title: "Opening Rollbook",
    framedBy: "anyone",
    formsTo: ["'self'"],
    body: html`<form id="launch" method="post" action="/lti/launch">${fields}</form>
      <p id="waiting" class="muted">One moment.</p>
      <div id="failed" role="alert" hidden>
        <p>
          This browser did not keep what it was given when the launch began, so that the launch
          cannot be distinguished from a forged one.
        </p>
        <p>
          Open Rollbook from the course again. If this stays, allow cookies for
          ${new URL(caller.settings.publicUrl).host}, or have the LMS open Rollbook in a new window.
        </p>
        <p class="muted">Check state_browser, Security Framework 1.0 §7.3.1</p>
      </div>
      <noscript><p>This page needs JavaScript where cookies are blocked.</p></noscript>`,
    script: readAndSend(storage, stateName(state)),
  });
}

async function follow(
  caller: Asker,
  followUp: Parameters<typeof followUpLaunch>[1],
): Promise<void> {
  const { errors, log } = await getRuntime();
  const { courseId } = followUp;
  try {
    const problems = await followUpLaunch(caller, followUp);
    for (const { code, message } of problems) log.warn({ code, message, courseId }, "launch");
  } catch (error) {
    errors.report("launch", error, { courseId });
  }
}
