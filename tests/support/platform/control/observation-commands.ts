import { z } from "zod";
import { ROUTES } from "#tests/support/platform/http/routes.ts";
import { hasRole } from "#tests/support/platform/roster/roles.ts";
import type { Member } from "#tests/support/platform/roster/roster.ts";
import { command } from "./command.ts";
import { courseOf } from "./set-up-commands.ts";

const FILTERS = [
  "route",
  "method",
  "clientId",
  "contextId",
  "lineItem",
  "userId",
  "status",
] as const;

export const requestFilterSchema = z.strictObject({
  route: z.enum(ROUTES).optional(),
  method: z.string().optional(),
  clientId: z.string().optional(),
  contextId: z.string().optional(),
  lineItem: z.string().optional(),
  userId: z.string().optional(),
  status: z.number().optional(),
  /** Only the last so many. */
  last: z.number().int().positive().optional(),
});

export const observationCommands = {
  requests: command(requestFilterSchema, (state, filter) => {
    const found = state.log
      .list()
      .filter((request) =>
        FILTERS.every((name) => filter[name] === undefined || filter[name] === request[name]),
      );
    return filter.last === undefined ? found : found.slice(-filter.last);
  }),
  counts: command(z.strictObject({}), (state) => ({
    ...state.counters.counts,
    toolJwksFetches: state.toolKeys.fetches,
  })),
  /** Starts counting and logging anew; everything else stays. */
  resetCounts: command(z.strictObject({}), (state) => {
    state.counters.clear();
    state.log.clear();
    state.toolKeys.fetches = 0;
    return {};
  }),
  rosterOf: command(
    z.strictObject({
      contextId: z.string(),
      role: z.string().optional(),
      limit: z.number().int().positive().default(Infinity),
    }),
    (state, { contextId, role, limit }) => {
      const members: Member[] = [];
      for (const member of courseOf(state, contextId).roster.all()) {
        if (members.length === limit) break;
        if (role === undefined || hasRole(member.roles, role)) members.push(member);
      }
      return members;
    },
  ),
  /** Every token issued, by fingerprint. */
  tokens: command(z.strictObject({}), (state) =>
    state.tokens.list().map(({ fingerprint, clientId, scopes, uses, isRevoked, ...token }) => ({
      fingerprint,
      clientId,
      scopes: [...scopes],
      uses,
      isRevoked,
      issuedAt: new Date(token.issuedAtMs).toISOString(),
      expiresAt: new Date(token.expiresAtMs).toISOString(),
    })),
  ),
};
