import { streamMemberships } from "#lib/lti/index.ts";
import type { MembershipsOptions, MembershipsPage } from "#lib/lti/index.ts";
import { testClient } from "./clients.ts";
import type { ScriptedPlatform, ScriptedReply, SeenRequest } from "./scripted-platform.ts";

export const member = (id: string, more = {}) => ({ user_id: id, roles: ["Learner"], ...more });
export const page = (
  members: unknown[],
  link?: string | string[],
  contextId = "c",
): ScriptedReply => ({
  headers: link === undefined ? {} : { link },
  body: { id: "x", context: { id: contextId, label: "L", title: "T" }, members },
});
export const next = (path: string) => `<${path}>; rel="next"`;
export const pageNumber = ({ url }: SeenRequest) => Number(url.searchParams.get("p") ?? 0);

/** All pages of a roster, read with a client that has its token already. */
export async function readRoster(
  platform: ScriptedPlatform,
  options: MembershipsOptions = {},
): Promise<MembershipsPage[]> {
  const client = testClient(platform.url, platform.options);
  const pages: MembershipsPage[] = [];
  for await (const one of streamMemberships(client, options)) pages.push(one);
  return pages;
}
