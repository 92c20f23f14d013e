import type { LaunchOutcome } from "#lib/operations/launches/index.ts";
import { htmlPage } from "../_html/document.ts";
import { html } from "../_html/html.ts";
import { deepLinkingPage } from "./deep-linking-page.ts";
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
      return deepLinkingPage({ form: outcome.form });
  }
}
