import { prefetch, prefetchList, type SearchParams } from "../../_server/prefetch.ts";
import type { PrefetchedRead } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";
import { shownLives } from "#components/tokens/lives/shown-lives.ts";
import { isCodedError } from "#lib/errors.ts";
import type { Asker } from "#lib/operations/caller.ts";

/** What the page of a token shows at once. */
export async function tokenReads(
  caller: Asker,
  registrationId: string,
  searchParams: SearchParams,
): Promise<(PrefetchedRead<unknown> | null)[]> {
  const { tokens } = await searchParams;
  return Promise.all([
    prefetch(caller, reads.token({ registrationId })),
    prefetch(caller, reads.tokenLives({ registrationId, limit: shownLives(tokens) })),
    prefetchList(caller, reads.tokenRequests, searchParams, { registrationId }),
    assertionRead(caller, registrationId),
  ]);
}

/** Without the right secret none can be made; the page shows that in its place. */
async function assertionRead(caller: Asker, registrationId: string) {
  try {
    return await prefetch(caller, reads.assertion({ registrationId }));
  } catch (error) {
    if (isCodedError(error)) return null;
    throw error;
  }
}
