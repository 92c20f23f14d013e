/* eslint-disable @next/next/no-html-link-for-pages -- a page load, for which nothing has to be sent ahead */
import { buttonClasses } from "#components/ui/buttons/button-classes.ts";

/** A page that the reader's role does not include. */
export function ForbiddenNotice() {
  return (
    <div className="flex flex-col items-center px-6 py-16 text-center">
      <h1 className="text-xl font-semibold">This is not for you</h1>
      <p className="mt-1 max-w-md text-sm text-muted">
        Your role does not include this page. An admin of this installation can give you another.
      </p>
      <div className="mt-5 flex flex-wrap justify-center gap-2">
        <a href="/" className={buttonClasses({ look: "primary" })}>
          Overview
        </a>
      </div>
    </div>
  );
}
