import { ResponseMalformed, ServiceNotOffered } from "../../errors.ts";
import { SCOPE } from "../../scopes.ts";
import { identifierOf, isJsonObject, parseJsonBody, textOf } from "../../values/json-body.ts";
import { MEDIA_TYPE } from "../../values/media-types.ts";
import type { Operation } from "../operations.ts";
import { PagedReading, type ReadingLimits } from "../pagination.ts";
import type { ServiceClient } from "../service-client.ts";

/** A group of people in a context. */
export type Group = { id: string; name: string; tag?: string; setId?: string };

/** A set whose groups divide a context's people one way, such as lab groups. */
export type GroupSet = { id: string; name: string };

export type GroupsOptions = ReadingLimits & { signal?: AbortSignal };

/**
 * All groups of a context. Who is in which is told by the roster, as each member's `groupIds`.
 *
 * @throws ServiceNotOffered | ScopeMismatch  before anything is sent
 * @throws ResponseMalformed  a page is no container of groups
 * @throws LtiError           whatever else a reply means
 * @see Course Groups Service 1.0 §3.2
 */
export async function listGroups(
  client: ServiceClient,
  options: GroupsOptions = {},
): Promise<{ groups: Group[]; complete: boolean }> {
  const { groups } = client.endpoints;
  if (!groups) throw new ServiceNotOffered("groups");
  const { rows, complete } = await readAll(client, {
    ...options,
    operation: "groups.list",
    url: groups.groupsUrl,
    accept: MEDIA_TYPE.groupContainer,
    member: "groups",
  });
  return { groups: rows.map(groupOf), complete };
}

/** All sets of groups; none where the platform has no such address. @see `listGroups` */
export async function listGroupSets(
  client: ServiceClient,
  options: GroupsOptions = {},
): Promise<{ groupSets: GroupSet[]; complete: boolean }> {
  const { groups } = client.endpoints;
  if (!groups) throw new ServiceNotOffered("groups");
  if (groups.groupSetsUrl === undefined) return { groupSets: [], complete: true };
  const { rows, complete } = await readAll(client, {
    ...options,
    operation: "group_sets.list",
    url: groups.groupSetsUrl,
    accept: MEDIA_TYPE.groupSetContainer,
    member: "sets",
  });
  return { groupSets: rows.map(({ id, name }) => ({ id, name })), complete };
}

type Row = { id: string; name: string; json: Record<string, unknown> };

type Reading = GroupsOptions & {
  operation: Operation;
  url: string;
  accept: string;
  /** Under which name a page has its list. */
  member: "groups" | "sets";
};

/** A row without an ID is passed over: nobody can be in it. */
async function readAll(
  client: ServiceClient,
  { operation, accept, member, signal, ...given }: Reading,
): Promise<{ rows: Row[]; complete: boolean }> {
  const reading = new PagedReading(given.url, given);
  const rows: Row[] = [];
  let url = given.url;
  for (;;) {
    const reply = await client.request({
      operation,
      service: "groups",
      method: "GET",
      url,
      scopes: [SCOPE.groups],
      accept,
      signal,
    });
    const facts = { operation, url, status: reply.status };
    const container = parseJsonBody(reply.body, facts);
    const list = isJsonObject(container) ? container[member] : undefined;
    if (!Array.isArray(list)) throw new ResponseMalformed(member, "is not a list", facts);
    for (const value of list) rows.push(...rowOf(value));
    const step = reading.after(reply, list.length === 0 ? "" : reply.body);
    if (step.kind === "stop" && step.error) throw step.error;
    if (step.kind !== "follow") return { rows, complete: step.kind === "end" };
    url = step.url;
  }
}

function rowOf(value: unknown): Row[] {
  if (!isJsonObject(value)) return [];
  const id = identifierOf(value["id"]);
  return id === undefined ? [] : [{ id, name: textOf(value["name"]) ?? id, json: value }];
}

function groupOf({ id, name, json }: Row): Group {
  const tag = textOf(json["tag"]);
  const setId = identifierOf(json["set_id"]);
  return { id, name, ...(tag !== undefined && { tag }), ...(setId !== undefined && { setId }) };
}
