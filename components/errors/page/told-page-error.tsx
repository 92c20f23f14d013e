"use client";

import { CopyButton } from "#components/ui/buttons/copy-button.tsx";

/** What Next hands to an error page. */
export type Failure = { error: unknown; retry: () => void };

const BUTTON =
  "inline-flex h-7 items-center rounded-md border border-line-strong bg-surface px-2.5 text-xs font-medium text-ink hover:bg-hover";

/** Made of plain elements: it stands in for layouts too. */
export function ToldPageError({ error, retry }: Failure) {
  const digest = digestOf(error);
  return (
    <div
      role="alert"
      className="max-w-2xl space-y-1 rounded-lg border border-bad-line bg-bad-soft px-4 py-3 text-sm"
    >
      <h1 className="font-semibold">This page could not be shown</h1>
      <p>Something unexpected happened. Nothing was lost; runs go on without this page.</p>
      <p className="text-muted">
        {digest ? "The server's log has the details under this reference." : "Reload the page."}
      </p>
      <div className="flex flex-wrap items-center gap-2 pt-2">
        <button type="button" className={BUTTON} onClick={retry}>
          Try again
        </button>
        {/* A page load, not a step of the router: whatever broke is left behind. */}
        {/* eslint-disable-next-line @next/next/no-html-link-for-pages */}
        <a href="/" className={BUTTON}>
          Overview
        </a>
        {digest && (
          <>
            <code className="font-mono text-xs text-muted">{digest}</code>
            <CopyButton text={digest} label="Copy reference" />
          </>
        )}
      </div>
    </div>
  );
}

function digestOf(error: unknown): string | null {
  const digest = typeof error === "object" && error !== null && "digest" in error && error.digest;
  return typeof digest === "string" ? digest : null;
}
