import type { CheckAnswer } from "#lib/operations/launches/learner/check-again.ts";
import type { OwnGrade, OwnGrades } from "#lib/operations/launches/learner/own-grades.ts";
import { formatDateTime } from "#lib/format.ts";
import { hiddenField, htmlPage } from "../_html/document.ts";
import { html, type Html } from "../_html/html.ts";

const ANSWERS: Record<CheckAnswer, string> = {
  started: "Your grades are being checked. Show them again in a minute.",
  under_way: "The grades of this course are being checked already. Show them again in a minute.",
  too_soon: "They were checked a moment ago. You can ask again in a few minutes.",
  busy: "Many courses are being checked just now. Try again in a few minutes.",
  not_now: "They cannot be checked just now. Try again later.",
};

/** A learner's own grades: a page without scripts and cookies, whose form is the key to it. */
export function ownGradesPage(view: {
  sessionToken: string;
  page: OwnGrades;
  answer?: CheckAnswer;
}): Response {
  const { sessionToken, page, answer } = view;
  const { courseTitle, grades, checkedAt, canCheck, framedBy } = page;
  const form = (act: string, label: string, look: string) =>
    html`<form method="post" action="/lti/grades">
      ${hiddenField("session", sessionToken)} ${hiddenField("act", act)}
      <button class="${look}">${label}</button>
    </form>`;
  return htmlPage({
    title: "Your grades",
    framedBy,
    formsTo: ["'self'"],
    body: html`<p class="muted">${courseTitle}</p>
      ${answer !== undefined && html`<p class="notice" role="status">${ANSWERS[answer]}</p>`}
      ${
        grades.length === 0
          ? html`<p>No grade of yours was given here for this course yet.</p>`
          : table(grades)
      }
      ${
        checkedAt !== null &&
        html`<p class="muted">The gradebook was checked on ${formatDateTime(checkedAt, "UTC")}.</p>`
      }
      ${canCheck && form("check", "Check again", "primary")} ${form("show", "Show again", "")}
      ${form("end", "Sign out", "")}
      <p class="muted">Questions about a grade go to your instructor.</p>`,
  });
}

/** Where the page was, once its person is done with it. */
export function signedOutPage(framedBy: readonly string[]): Response {
  return htmlPage({
    title: "Signed out",
    framedBy,
    body: html`<p>This page is closed. Open Rollbook from the course to see your grades again.</p>`,
  });
}

function table(grades: readonly OwnGrade[]): Html {
  return html`<table>
    <caption class="muted" hidden>
      Your grades
    </caption>
    <thead>
      <tr>
        <th scope="col">Activity</th>
        <th scope="col">Points</th>
        <th scope="col">State</th>
      </tr>
    </thead>
    <tbody>
      ${grades.map(
        ({ column, points, words, sentAt }) =>
          html`<tr>
            <th scope="row">${column}</th>
            <td class="points">${points ?? "—"}</td>
            <td>
              ${words}
              ${sentAt !== null && html`<small>Sent on ${formatDateTime(sentAt, "UTC")}</small>`}
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
