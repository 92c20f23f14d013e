import type { DeepLinkingForm, LaunchOutcome } from "#lib/operations/launches/index.ts";
import { hiddenField, htmlPage } from "../_html/document.ts";
import { html } from "../_html/html.ts";
import { ownGradesPage } from "./own-grades-page.ts";

/** What a person sees of a launch that passed. */
export function outcomePage(outcome: LaunchOutcome): Response {
  const { framedBy } = outcome;
  switch (outcome.kind) {
    case "course":
      // The fragment stays in the browser: no log and no other site sees the token. By the name
      // of the launch the web server knows who may frame the page.
      return new Response(null, {
        status: 303,
        headers: {
          location: `/lti/course?launch=${outcome.launch}#${outcome.sessionToken}`,
          "cache-control": "no-store",
        },
      });
    case "own_grades":
      return ownGradesPage(outcome);
    case "nothing_to_do":
      return htmlPage({
        title: "Nothing to do here",
        framedBy,
        body: html`<p>
            Rollbook keeps the roster and the grades of ${outcome.courseTitle} in step with this
            LMS. There is nothing for you to do.
          </p>
          <p class="muted">Questions about a grade go to your instructor.</p>`,
      });
    case "outside_course":
      return htmlPage({
        title: "No course",
        framedBy,
        body: html`<p>
          The LMS opened Rollbook outside any course. Open it from within a course.
        </p>`,
      });
    case "deployment_pending":
      return htmlPage({
        title: "Waiting for approval",
        framedBy,
        body: html`<p>
            This placement of Rollbook is new. Somebody who looks after Rollbook has to approve it
            before its courses appear.
          </p>
          <dl>
            <dt>LMS</dt>
            <dd>${outcome.registrationName}</dd>
            <dt>Deployment ID</dt>
            <dd>${outcome.deploymentId}</dd>
          </dl>`,
      });
    case "deep_linking":
      return deepLinkingPage(outcome.form, framedBy);
  }
}

function deepLinkingPage(answers: DeepLinkingForm, framedBy: readonly string[]): Response {
  const { returnUrl, chosen, withColumn, nothing } = answers;
  const form = (label: string, jwt: string, look: string) =>
    html`<form method="post" action="${returnUrl}">
      ${hiddenField("JWT", jwt)}<button class="${look}">${label}</button>
    </form>`;
  return htmlPage({
    title: chosen ? "Add Rollbook to this course" : "Nothing to add here",
    framedBy,
    // Browsers hold the form to this through the platform's redirects, which may lead anywhere.
    formsTo: [new URL(returnUrl).origin, "https:"],
    body: chosen
      ? html`<p>
            The link opens Rollbook’s page for this course: when the roster came in, which grades
            went out, and a button for each.
          </p>
          ${form(`Add ${chosen.title}`, chosen.jwt, "primary")} ${form("Add nothing", nothing, "")}
          ${
            withColumn.length > 0 &&
            html`<p>Or with a column in the gradebook, which the LMS makes for the link:</p>
              ${withColumn.map(({ words, jwt }) => form(`Add ${words}`, jwt, ""))}`
          }`
      : html`<p>The LMS takes no links to tools in this place.</p>
          ${form("Go back", nothing, "primary")}`,
  });
}
