import { LIFE_ORDERS, listTokenLives as storedLives } from "#lib/db/tokens/lives.ts";
import { listTokenRequests as storedRequests } from "#lib/db/tokens/requests.ts";
import { sharingRuns } from "#lib/db/tokens/sharers.ts";
import type { Asker } from "../caller.ts";
import { momentsOf, type Page } from "../fields.ts";
import { decodeCursor, encodeCursor, pageFrom } from "../lists/cursor.ts";
import { afterOf, orderOf, sortedCursor } from "../lists/sort.ts";
import { permit } from "../permit.ts";
import { getRegistration } from "../registrations/registrations.ts";
import { validated } from "../validated.ts";
import {
  TokenLifeFilter,
  TokenRequestFilter,
  type TokenLife,
  type TokenRequestView,
} from "./schema.ts";
import { tokenLifeView, tokenRequestView } from "./view.ts";

type RegistrationId = { registrationId: string };

const SHOWN_RUNS = 20;

/** Every token the registration was granted, the latest first, with the runs that drew on it. */
export async function listTokenLives(
  asker: Asker,
  { registrationId, ...filter }: RegistrationId & Partial<TokenLifeFilter>,
): Promise<Page<TokenLife>> {
  const caller = await permit(asker, "read", { registrationId });
  const { cursor, limit, sort, ...range } = validated(TokenLifeFilter, filter);
  const { id } = await getRegistration(caller, { registrationId });
  const order = orderOf(LIFE_ORDERS, sort);
  const page = { order, after: afterOf(cursor, sort, order), limit: limit + 1 };
  const query = { registrationId: id, ...momentsOf(range), ...page };
  const { rows, keys, total } = await storedLives(caller.db, query);
  const tokenIds = rows.map((row) => row.id);
  const runs = await sharingRuns(caller.db, tokenIds, SHOWN_RUNS);
  return pageFrom({
    rows,
    limit,
    total,
    nextCursor: () => sortedCursor(sort, keys[limit - 1]!),
    view: (row) =>
      tokenLifeView(
        row,
        runs.filter(({ tokenId }) => tokenId === row.id),
      ),
  });
}

/** Every token request of the registration with its reason and what the platform said. */
export async function listTokenRequests(
  asker: Asker,
  { registrationId, ...filter }: RegistrationId & Partial<TokenRequestFilter>,
): Promise<Page<TokenRequestView>> {
  const caller = await permit(asker, "read", { registrationId });
  const { cursor, limit, sort, since, until, ...conditions } = validated(
    TokenRequestFilter,
    filter,
  );
  const { id } = await getRegistration(caller, { registrationId });
  const [last] = decodeCursor(cursor, ["number"]) ?? [];
  const after = last === undefined ? undefined : BigInt(last);
  const { rows, total } = await storedRequests(caller.db, {
    registrationId: id,
    ...conditions,
    ...momentsOf({ since, until }),
    newestFirst: sort === "-at",
    after,
    limit: limit + 1,
  });
  const nextCursor = (row: { id: bigint }) => encodeCursor([String(row.id)]);
  return pageFrom({ rows, limit, total, nextCursor, view: tokenRequestView });
}
