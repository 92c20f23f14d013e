import type { ContentLineItem, LaunchMessage } from "#lib/lti/index.ts";

const RESOURCE_ID = "rollbook_resource_id";
const TAG = "rollbook_tag";
const LONGEST = 500;

/** Which column a link is for, given along with it to come back in each of its launches. */
export function columnCustom({ resourceId, tag }: ContentLineItem): Record<string, string> {
  return {
    ...(resourceId !== undefined && { [RESOURCE_ID]: resourceId }),
    ...(tag !== undefined && { [TAG]: tag }),
  };
}

/** By which we know a column. */
export type LinkedColumn = { resourceId: string; tag?: string };

/** The same of a launch; for platforms that keep no resource ID with the column they make. */
export function columnOfLaunch({
  custom,
}: Pick<LaunchMessage, "custom">): LinkedColumn | undefined {
  const { [RESOURCE_ID]: resourceId = "", [TAG]: tag = "" } = custom;
  if (resourceId === "" || resourceId.length > LONGEST || tag.length > LONGEST) return undefined;
  return { resourceId, ...(tag !== "" && { tag }) };
}
