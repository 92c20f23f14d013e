"use client";

import { RotateCw } from "lucide-react";
import Link from "next/link";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";

/** What Next hands to an error page. */
export type Failure = { error: unknown; retry: () => void };

/** A page that could not be made. What it says about the cause stays in the server's log. */
export function PageError({ error, retry }: Failure) {
  const digest = digestOf(error);
  return (
    <Banner
      tone="bad"
      role="alert"
      title={<h1>This page could not be shown</h1>}
      className="max-w-2xl"
    >
      <p>Something unexpected happened. Nothing was lost; runs go on without this page.</p>
      <p className="text-muted">
        {digest ? "The server's log has the details under this reference." : "Reload the page."}
      </p>
      <div className="flex flex-wrap items-center gap-2 pt-2">
        <Button size="sm" onClick={retry}>
          <RotateCw aria-hidden /> Try again
        </Button>
        <Button asChild size="sm" look="quiet">
          <Link href="/">Overview</Link>
        </Button>
        {digest && (
          <>
            <code className="font-mono text-xs text-muted">{digest}</code>
            <CopyButton text={digest} label="Copy reference" />
          </>
        )}
      </div>
    </Banner>
  );
}

function digestOf(error: unknown): string | null {
  const digest = typeof error === "object" && error !== null && "digest" in error && error.digest;
  return typeof digest === "string" ? digest : null;
}
