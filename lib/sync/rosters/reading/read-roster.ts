import { streamMemberships, type MembershipsPage } from "#lib/lti/index.ts";
import type { Connection } from "#lib/sync/tokens/connection.ts";

/** More pages than any course has; a platform that links on for ever ends here. */
const MOST_PAGES = 20_000;

/**
 * Reads a course's roster, or what `url` gives, page by page. A token that expires or is refused on
 * the way is replaced, a throttle or a short silence waited out, and the reading goes on with the
 * page it was at.
 */
export async function* readRoster(
  connection: Connection,
  options: { limit?: number; url?: string },
): AsyncGenerator<MembershipsPage, void, undefined> {
  const pages = streamMemberships(await connection.fresh(), {
    ...options,
    maxPages: MOST_PAGES,
    renew: (spent, rejected) =>
      rejected ? connection.replace(spent, rejected) : connection.fresh(),
    waitOut: (error, times) => connection.waitOut(error, times),
  });
  yield* inTurn(connection, pages);
}

/** Asks for each page when it is the run's turn on its platform. */
async function* inTurn(
  connection: Connection,
  pages: AsyncGenerator<MembershipsPage, void, undefined>,
): AsyncGenerator<MembershipsPage, void, undefined> {
  try {
    for (;;) {
      const { value, done } = await connection.inTurn(() => pages.next());
      if (done) return;
      yield value;
    }
  } finally {
    await pages.return(undefined);
  }
}

/**
 * Asks for the next page while the present one is worked on; never holds more than two.
 * Whoever stops early waits for the request in flight, and its error is nobody's any more.
 */
export async function* readAhead<Page>(
  pages: AsyncGenerator<Page, void, undefined>,
): AsyncGenerator<Page, void, undefined> {
  let next = pages.next();
  try {
    for (;;) {
      const { value, done } = await next;
      if (done) return;
      next = pages.next();
      // Its error is thrown when its turn comes, not while the page before is worked on.
      next.catch(() => undefined);
      yield value;
    }
  } finally {
    await pages.return(undefined).catch(() => undefined);
  }
}
