/* eslint-disable @next/next/no-html-link-for-pages -- a page load, for which nothing has to be sent ahead */
import { buttonClasses } from "#components/ui/buttons/button-classes.ts";

/**
 * There is no such page or object, or it is not for the reader to see. Every page loads what this
 * needs in the browser, so it is made of plain links.
 */
export function NotFoundNotice() {
  return (
    <div className="flex flex-col items-center px-6 py-16 text-center">
      <h1 className="text-xl font-semibold">This does not exist</h1>
      <p className="mt-1 max-w-md text-sm text-muted">
        It was removed, or the address is wrong. Anything is found by its name, or by any of its
        IDs.
      </p>
      <div className="mt-5 flex flex-wrap justify-center gap-2">
        <a href="/" className={buttonClasses({ look: "primary" })}>
          Overview
        </a>
        <a href="/search" className={buttonClasses()}>
          Find anything
        </a>
      </div>
    </div>
  );
}
