import { type LineItemRow, listLineItems } from "#lib/db/line-items/line-items.ts";
import { deepLinkingResponse, type ContentItem } from "#lib/lti/index.ts";
import type { Caller } from "../../caller.ts";
import { sealAsked, type AskedLinks } from "./ticket.ts";

/** A column of the course that the platform is not known to lack. */
export type OfferedColumn = Pick<
  LineItemRow,
  "id" | "label" | "scoreMaximum" | "resourceId" | "tag"
> & {
  /** A link of the course has it already. */
  isLinked: boolean;
};

/** What a person may choose from, in answer to a deep linking request. */
export type DeepLinkingForm = {
  ticket: string;
  returnUrl: string;
  framedBy: string[];
  /** `nothing`: the platform takes no links to tools; `links`: it makes no columns for them. */
  takes: "nothing" | "links" | "links_with_columns";
  /** Whether it takes several at once. */
  acceptsMultiple: boolean;
  columns: OfferedColumn[];
  /** More than are shown. */
  columnsTotal: number;
  /** What the platform suggests, or our name. */
  title: string;
  /** The signed answer that nothing was chosen. */
  nothing: string;
};

const TITLE = "Rollbook";
export const NEW_MAXIMUM = 100;
const MOST_COLUMNS = 200;

/** @see Deep Linking 2.0 §4.4.1 */
export async function deepLinkingForm(caller: Caller, asked: AskedLinks): Promise<DeepLinkingForm> {
  const { settings, courseId, framedBy } = asked;
  const { returnUrl, acceptTypes, acceptLineItem, acceptMultiple } = settings;
  const takesLinks = acceptTypes.includes("ltiResourceLink");
  const takesColumns = takesLinks && acceptLineItem !== false;
  const known =
    takesColumns && courseId !== null
      ? await knownColumns(caller, courseId)
      : { columns: [], columnsTotal: 0 };
  return {
    ticket: sealAsked(caller, asked),
    returnUrl,
    framedBy,
    takes: takesColumns ? "links_with_columns" : takesLinks ? "links" : "nothing",
    acceptsMultiple: acceptMultiple,
    ...known,
    title: settings.title ?? TITLE,
    nothing: await signedAnswer(caller, asked, []),
  };
}

/** Our answer to the platform, for a form that posts it as `JWT`. */
export async function signedAnswer(
  caller: Caller,
  { registrationId, deploymentId, settings }: AskedLinks,
  items: readonly ContentItem[],
): Promise<string> {
  const { registration } = await caller.engine.loadRegistration(registrationId);
  return deepLinkingResponse({ registration, deploymentId, settings, items, now: caller.now() });
}

async function knownColumns(
  { db }: Caller,
  courseId: string,
): Promise<Pick<DeepLinkingForm, "columns" | "columnsTotal">> {
  const { rows, total } = await listLineItems(db, { courseId, limit: MOST_COLUMNS });
  const columns = rows
    .filter(({ goneAt, label }) => goneAt === null && label.trim() !== "")
    .map(({ id, label, scoreMaximum, resourceId, tag, resourceLinkId }) => {
      return { id, label, scoreMaximum, resourceId, tag, isLinked: resourceLinkId !== null };
    });
  return { columns, columnsTotal: total - rows.length + columns.length };
}
