import { validateEndpoints } from "#lib/lti/services/endpoints.ts";
import type { Endpoints } from "#lib/lti/services/endpoints.ts";
import { isLtiError } from "#lib/lti/errors.ts";
import { streamLineItems } from "#lib/lti/services/grades/line-items/line-items-client.ts";
import { streamMemberships } from "#lib/lti/services/memberships/memberships-client.ts";
import type { IncompleteReason } from "#lib/lti/services/pagination.ts";
import { SCOPE, shortScope } from "#lib/lti/scopes.ts";
import { ServiceClient } from "#lib/lti/services/service-client.ts";
import { failed, notReached, passed, skipped } from "../outcomes.ts";
import type { StepAdvice, StepFact, StepOutcome } from "../step.ts";
import type { Subject, Visit } from "../subject.ts";

const NO_COURSE =
  "No course with this service is known yet: it appears with the first launch from the LMS.";

/** Does the first page of one roster come in? */
export async function examineMemberships(visit: Visit): Promise<StepOutcome> {
  const { roster, words } = visit.subject;
  if (!roster) return skipped(NO_COURSE);
  const client = clientFor(visit, roster.endpoints, [SCOPE.memberships]);
  if (!(client instanceof ServiceClient)) return client;
  const place = {
    subject: visit.subject,
    course: roster.title,
    scope: SCOPE.memberships,
  };
  try {
    validateEndpoints(client.endpoints, client.registration);
    const { value: page } = await streamMemberships(client).next();
    if (!page) return skipped(NO_COURSE);
    const facts: StepFact[] = [
      { label: "course", value: roster.title },
      { label: "members on the page", value: String(page.memberships.length) },
      { label: "unreadable members", value: String(page.quarantined.length) },
      { label: "further pages", value: page.nextUrl ? "yes" : "no" },
      { label: "incremental syncs", value: page.differencesUrl ? "offered" : "not offered" },
    ];
    const hidesBody = "the members are not kept with the test";
    const summary = `The first page of “${roster.title}” has ${people(page.memberships.length)}.`;
    const doubt = rosterDoubt(page, words);
    return doubt
      ? { state: "warned", summary, advice: doubt, facts, hidesBody }
      : passed(summary, { facts, hidesBody });
  } catch (error) {
    if (isLtiError(error)) return failed(error, place);
    throw error;
  }
}

/** Does the first page of one course's line items come in? */
export async function examineLineItems(visit: Visit): Promise<StepOutcome> {
  const { lineItems } = visit.subject;
  if (!lineItems) return skipped(NO_COURSE);
  const client = clientFor(visit, lineItems.endpoints, [SCOPE.lineItem, SCOPE.lineItemReadonly]);
  if (!(client instanceof ServiceClient)) return client;
  const place = {
    subject: visit.subject,
    course: lineItems.title,
    scope: SCOPE.lineItem,
  };
  try {
    validateEndpoints(client.endpoints, client.registration);
    const { value: page } = await streamLineItems(client).next();
    if (!page) return skipped(NO_COURSE);
    const summary = `“${lineItems.title}” has ${page.rows.length === 1 ? "one line item" : `${page.rows.length} line items`} on its first page.`;
    const facts: StepFact[] = [
      { label: "course", value: lineItems.title },
      { label: "line items", value: page.rows.map(({ label }) => label).join("\n") || "none" },
    ];
    const doubt = page.incompleteReason && pagingDoubt(page.incompleteReason);
    return doubt ? { state: "warned", summary, advice: doubt, facts } : passed(summary, { facts });
  } catch (error) {
    if (isLtiError(error)) return failed(error, place);
    throw error;
  }
}

/** A client with the test's token, or why there is none. */
function clientFor(
  { findings, lti }: Visit,
  endpoints: Endpoints,
  anyOf: readonly string[],
): ServiceClient | StepOutcome {
  const { registration, token } = findings;
  if (!registration || !token) return notReached("There is no token to ask with.");
  if (!anyOf.some((scope) => token.grantedScopes.includes(scope))) {
    return notReached(`The token lacks the scope ${shortScope(anyOf[0] ?? "")}.`);
  }
  return new ServiceClient(registration, endpoints, token, lti);
}

function rosterDoubt(
  page: {
    memberships: unknown[];
    quarantined: { reason: string }[];
    incompleteReason?: IncompleteReason;
  },
  words: Subject["words"],
): StepAdvice | undefined {
  if (page.incompleteReason) return pagingDoubt(page.incompleteReason);
  const [unreadable] = page.quarantined;
  if (unreadable) {
    return {
      cause: `${page.quarantined.length} of the members cannot be read (${unreadable.reason}); the others are kept.`,
      owner: "platform_vendor",
      fix: `Show this to the vendor of ${words.name}.`,
    };
  }
  if (page.memberships.length > 0) return undefined;
  return {
    cause:
      "The course is empty, or the platform shows the tool nobody until someone has launched it.",
    owner: "instructor",
    fix: `Check the course’s participants in ${words.name}, and launch the tool once from it.`,
  };
}

function pagingDoubt(reason: IncompleteReason): StepAdvice {
  return {
    cause: `The way to the next page cannot be trusted (${reason.replaceAll("_", " ")}), so nobody would be removed on its account.`,
    owner: "platform_vendor",
    fix: "Show the Link header of the reply to the platform’s vendor.",
  };
}

function people(count: number): string {
  return count === 1 ? "one person" : `${count} people`;
}
