import { streamMemberships, type MembershipsPage } from "#lib/lti/index.ts";
import { isTokenFault, type Connection } from "../connection.ts";

/** More pages than any course has; a platform that links on for ever ends here. */
const MOST_PAGES = 20_000;

/**
 * Reads a course's roster page by page with whatever token is valid at each page. A token
 * that expires or dies on the way is replaced, and the walk goes on with the page it was at.
 */
export async function* walkRoster(
  connection: Connection,
  options: { limit?: number },
): AsyncGenerator<MembershipsPage> {
  let url: string | undefined;
  let pages = 0;
  let replacedAtPage = -1;
  for (;;) {
    const client = await connection.fresh();
    try {
      const maxPages = MOST_PAGES - pages;
      for await (const page of streamMemberships(client, { ...options, url, maxPages })) {
        pages += 1;
        yield page;
        if (page.nextUrl === undefined) return;
        url = page.nextUrl;
        if (client.isExpired) break;
      }
    } catch (error) {
      if (!isTokenFault(error) || replacedAtPage === pages) throw error;
      replacedAtPage = pages;
      await connection.replace(client, error);
    }
  }
}
