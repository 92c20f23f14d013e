import { isCodedError, type CodedError } from "#lib/errors.ts";
import { getRuntime } from "#lib/runtime.ts";
import { problemType } from "../../_server/rest/problems/problem-types.ts";
import { originOf } from "../../_server/request-origin.ts";
import { htmlPage } from "../_html/document.ts";
import { html } from "../_html/html.ts";

/** Turns whatever goes wrong into a page that a person in the LMS can pass on. */
export async function answeringPage(
  request: Request,
  title: string,
  answer: () => Promise<Response>,
): Promise<Response> {
  const origin = originOf(request.headers);
  try {
    return await answer();
  } catch (error) {
    const type = isCodedError(error) ? problemType(error.code) : undefined;
    const { errors, security } = await getRuntime();
    if (isCodedError(error) && type) {
      const { check } = error as { check?: unknown };
      const detail = { reason: error.code, ...(typeof check === "string" && { check }) };
      const deed = { action: "launch.refuse", object: "launch", objectId: null, detail };
      await security.count(origin, deed);
      return refusalPage(title, error, type.status);
    }
    const { id: requestId } = origin;
    errors.report("launch", error, { requestId });
    const body = html`<p>Something went wrong here. The log knows it as ${requestId}.</p>`;
    return htmlPage({ title, body, status: 500, framedBy: "anyone" });
  }
}

function refusalPage(title: string, error: CodedError, status: number): Response {
  const { check, spec, reason, excerpt } = error as CodedError & Record<string, unknown>;
  const fact = (label: string, value: unknown) =>
    typeof value === "string" && value !== ""
      ? html`<dt>${label}</dt>
          <dd>${value}</dd>`
      : null;
  const words = typeof reason === "string" ? reason : error.message;
  const body = html`<p>${words.charAt(0).toUpperCase() + words.slice(1)}.</p>
    <dl>
      ${fact("Check", check)} ${fact("Asked for by", spec)} ${fact("Code", error.code)}
      ${fact("The platform’s own words", excerpt)}
    </dl>
    <p class="muted">Pass this on to whoever looks after Rollbook at your institution.</p>`;
  return htmlPage({ title, body, status, framedBy: "anyone" });
}
