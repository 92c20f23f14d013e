import { listLineItems } from "#lib/db/line-items/line-items.ts";
import { formatNumber, plural } from "#lib/format.ts";
import {
  deepLinkingResponse,
  type ContentItem,
  type LaunchMessage,
  type ResourceLinkItem,
} from "#lib/lti/index.ts";
import type { Caller } from "../caller.ts";

/** A signed answer, and what it adds to the course. */
export type DeepLinkingAnswer = { words: string; jwt: string };

/** Signed answers, of which the person in front of the page sends one. */
export type DeepLinkingForm = {
  returnUrl: string;
  /** A link alone; null where the platform takes no links to tools here. */
  chosen: { title: string; jwt: string } | null;
  /** Links that come with a column; none where the platform makes none for links. */
  withColumn: DeepLinkingAnswer[];
  nothing: string;
};

type Offer = { words: string; items: ResourceLinkItem[] };

const TITLE = "Rollbook";
const NEW_MAXIMUM = 100;
/** Each is a button of its own. */
const MOST_COLUMNS = 20;

/**
 * Signs what can be answered: nothing, a link, a link with a new column, a link for each column
 * that the course is known to have, and all of these at once where the platform takes several.
 *
 * @see Deep Linking 2.0 §3.2, §4.4.1
 */
export async function deepLinkingForm(
  caller: Caller,
  { registrationId, courseId }: { registrationId: string; courseId: string | null },
  { deploymentId, deepLinking: settings }: LaunchMessage,
): Promise<DeepLinkingForm> {
  if (!settings) throw new TypeError("a deep linking request has its settings");
  const { registration } = await caller.engine.loadRegistration(registrationId);
  const sign = (items: ContentItem[]) =>
    deepLinkingResponse({ registration, deploymentId, settings, items, now: caller.now() });
  const { returnUrl, acceptTypes, acceptMultiple } = settings;
  const nothing = await sign([]);
  const link = linkOf(caller, TITLE);
  if (!acceptTypes.includes(link.type)) return { returnUrl, chosen: null, withColumn: [], nothing };
  const offers =
    settings.acceptLineItem === false ? [] : await offersOf(caller, courseId, acceptMultiple);
  const withColumn: DeepLinkingAnswer[] = [];
  for (const { words, items } of offers) withColumn.push({ words, jwt: await sign(items) });
  return { returnUrl, chosen: { title: TITLE, jwt: await sign([link]) }, withColumn, nothing };
}

async function offersOf(
  caller: Caller,
  courseId: string | null,
  acceptMultiple: boolean,
): Promise<Offer[]> {
  const fresh = { label: TITLE, scoreMaximum: NEW_MAXIMUM };
  const known = courseId === null ? [] : await linksOfColumns(caller, courseId);
  const each = known.map((item) => ({
    words: `“${item.title}”, ${formatNumber(item.lineItem?.scoreMaximum ?? 0)} points`,
    items: [item],
  }));
  return [
    {
      words: `a new column, ${NEW_MAXIMUM} points`,
      items: [{ ...linkOf(caller, TITLE), lineItem: fresh }],
    },
    ...each,
    ...(acceptMultiple && known.length > 1
      ? [{ words: `all ${plural(known.length, "column")} at once`, items: known }]
      : []),
  ];
}

/** A link for each column of the course that the platform is not known to lack. */
async function linksOfColumns(caller: Caller, courseId: string): Promise<ResourceLinkItem[]> {
  const { rows } = await listLineItems(caller.db, { courseId, limit: MOST_COLUMNS });
  return rows
    .filter(({ goneAt, label }) => goneAt === null && label.trim() !== "")
    .map(({ label, scoreMaximum, resourceId, tag }) => ({
      ...linkOf(caller, label),
      lineItem: {
        label,
        scoreMaximum,
        ...(resourceId !== null && { resourceId }),
        ...(tag !== null && { tag }),
      },
    }));
}

function linkOf(
  { settings }: Caller,
  title: string,
): ResourceLinkItem & { type: "ltiResourceLink" } {
  return { type: "ltiResourceLink", title, url: `${settings.publicUrl}/lti/launch` };
}
