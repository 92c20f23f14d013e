import { replaceGroups, type StoredGroup } from "#lib/db/groups/groups.ts";
import {
  contextEndpoint,
  isLtiError,
  listGroups,
  listGroupSets,
  plainText,
  PlatformUnavailable,
  RateLimited,
  SCOPE,
  TokenRefused,
  TokenReplyMalformed,
} from "#lib/lti/index.ts";
import type { CourseReading } from "../rosters/reading/read-pages.ts";

/**
 * Reads the groups of a course and keeps them, where its platform offers them. A platform that
 * refuses them is said in the run, and keeps no roster from being read.
 */
export async function syncGroups({ connection, course, handle }: CourseReading): Promise<void> {
  const endpoints = contextEndpoint(course, "groups");
  if (!endpoints || !course.scopes.includes(SCOPE.groups)) return;
  try {
    // A client of its own: where the token does not cover groups, it does cover the roster.
    const ofGroups = connection.fork();
    await ofGroups.use(endpoints);
    const { groups, complete } = await ofGroups.call((client) => listGroups(client));
    const sets = await ofGroups.call((client) => listGroupSets(client));
    if (!complete) return;
    const setNames = new Map(sets.groupSets.map(({ id, name }) => [id, name]));
    const rows = groups.map(({ id, name, tag, setId }): StoredGroup => ({
      groupId: plainText(id),
      name: plainText(name),
      tag: tag === undefined ? null : plainText(tag),
      setId: setId ?? null,
      setName: setId === undefined ? null : plainText(setNames.get(setId) ?? setId),
    }));
    const unique = [...new Map(rows.map((row) => [row.groupId, row])).values()];
    await handle.transaction((tx) => replaceGroups(tx, course.courseId, unique), {
      repeatable: true,
    });
  } catch (error) {
    if (!isLtiError(error) || STOPS.some((kind) => error instanceof kind)) throw error;
    const message = `the groups of ${course.title} were not read: ${error.message}`;
    await handle.event({ level: "warning", kind: "groups.unread", message });
  }
}

/** What the roster would meet as well. */
const STOPS = [PlatformUnavailable, RateLimited, TokenRefused, TokenReplyMalformed];
