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
