import type { AnsweredLinks } from "#lib/operations/launches/deep-linking/answer.ts";
import {
  NEW_MAXIMUM,
  type DeepLinkingForm,
  type OfferedColumn,
} from "#lib/operations/launches/deep-linking/offer.ts";
import { formatNumber, plural } from "#lib/format.ts";
import { hiddenField, htmlPage } from "../_html/document.ts";
import { html, type Html } from "../_html/html.ts";

/** What was typed and ticked, when the form is shown again. */
export type Typed = { chosen: string[]; title: string; scoreMaximum: string };

type Shown = {
  form: DeepLinkingForm;
  typed?: Typed;
  errors?: Record<string, string[] | undefined>;
};

/** A form without scripts and cookies, which carries what was asked, sealed. */
export function deepLinkingPage({ form, typed, errors = {} }: Shown): Response {
  const { returnUrl, framedBy, takes, nothing } = form;
  const goBack = (label: string, look: string) =>
    html`<form method="post" action="${returnUrl}">
      ${hiddenField("JWT", nothing)}<button class="${look}">${label}</button>
    </form>`;
  return htmlPage({
    title: takes === "nothing" ? "Nothing to add here" : "Add Rollbook to this course",
    framedBy,
    formsTo: ["'self'", ...platformForms(returnUrl)],
    body:
      takes === "nothing"
        ? html`<p>The LMS takes no links to tools in this place.</p>
            ${goBack("Go back", "primary")}`
        : html`<p>
              A link opens Rollbook’s page for this course: when the roster came in, which grades
              went out, and a button for each.
            </p>
            <form class="choice" method="post" action="/lti/links">
              ${hiddenField("ticket", form.ticket)} ${wrong("chosen", errors["chosen"])}
              ${options({ form, typed: typed ?? startOf(form), errors })}
              <div class="acts">
                <button class="primary">${form.acceptsMultiple ? "Add links" : "Add link"}</button>
              </div>
            </form>
            ${goBack("Add nothing", "")}`,
  });
}

/** What is ticked at first: the one thing that can be meant, if there is one. */
function startOf({ takes, columns }: DeepLinkingForm): Typed {
  const only = takes === "links" ? ["link"] : columns.length === 0 ? ["new"] : [];
  return { chosen: only, title: "", scoreMaximum: String(NEW_MAXIMUM) };
}

function options({ form, typed, errors }: Required<Shown>): Html {
  const { takes, columns, columnsTotal, acceptsMultiple, title } = form;
  const option = (value: string, label: Html | string, note: string | false = false) =>
    html`<div class="option">
      <input
        type="${acceptsMultiple ? "checkbox" : "radio"}"
        name="chosen"
        id="choice-${value}"
        value="${value}"
        ${typed.chosen.includes(value) && CHECKED}
      />
      <label for="choice-${value}"
        >${label} ${note !== false && html`<small>${note}</small>`}</label
      >
    </div>`;
  if (takes === "links") {
    return html`<fieldset>
      <legend>Links</legend>
      ${option("link", title, "The LMS makes no columns for links in this place.")}
    </fieldset>`;
  }
  return html`${
      columns.length > 0 &&
      html`<fieldset>
        <legend>Activities that Rollbook knows in this course</legend>
        ${columns.map((column) => option(column.id, column.label, noteOf(column)))}
        ${
          columnsTotal > columns.length &&
          html`<p class="muted">
            The first ${columns.length} of ${plural(columnsTotal, "column")}.
          </p>`
        }
      </fieldset>`
    }
    <fieldset>
      <legend>${columns.length > 0 ? "Something else" : "What to add"}</legend>
      ${option("new", "A new activity", "With a column of its own in the gradebook.")}
      <div class="fields">
        ${field("title", "Title", { value: typed.title, errors })}
        ${field("scoreMaximum", "Points", { value: typed.scoreMaximum, errors })}
      </div>
      ${option("link", `${title}, without a column`, "For the roster and what was sent, not for grades.")}
    </fieldset>`;
}

const CHECKED = html`checked`;

function noteOf({ scoreMaximum, isLinked }: OfferedColumn): string {
  const points = `${formatNumber(scoreMaximum)} ${scoreMaximum === 1 ? "point" : "points"}`;
  return isLinked
    ? `${points}. A link has this column already; this one gets another.`
    : `${points}. The LMS makes a column for the link, beside the one that is there.`;
}

function field(
  name: "title" | "scoreMaximum",
  label: string,
  { value, errors }: { value: string; errors: Required<Shown>["errors"] },
): Html {
  const words = errors[name];
  return html`<div>
    <label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      value="${value}"
      autocomplete="off"
      ${name === "scoreMaximum" && html`inputmode="decimal"`}
      ${words !== undefined && html`aria-invalid="true" aria-describedby="${name}-wrong"`}
    />
    ${wrong(name, words)}
  </div>`;
}

function wrong(name: string, words: string[] | undefined): Html | null {
  return words === undefined
    ? null
    : html`<p class="wrong" id="${name}-wrong" role="alert">${words.join(" ")}</p>`;
}

/** The signed answer on its way to the platform: it sends itself, or by a button. */
export function sendingLinksPage(answer: Extract<AnsweredLinks, { kind: "answer" }>): Response {
  const { returnUrl, framedBy, jwt, titles } = answer;
  return htmlPage({
    title: `Adding ${plural(titles.length, "link")}`,
    framedBy,
    formsTo: platformForms(returnUrl),
    body: html`<ul>
        ${titles.map((title) => html`<li>${title}</li>`)}
      </ul>
      <form id="answer" method="post" action="${returnUrl}">
        ${hiddenField("JWT", jwt)}<button class="primary">Send to the LMS</button>
      </form>`,
    script: `document.getElementById("answer").submit();`,
  });
}

/** Browsers hold a form to this through the platform's redirects, which may lead anywhere. */
function platformForms(returnUrl: string): string[] {
  return [new URL(returnUrl).origin, "https:"];
}
