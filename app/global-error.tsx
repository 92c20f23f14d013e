"use client";

import "@fontsource-variable/inter/index.css";
import "./globals.css";
import { PageError, type Failure } from "#components/errors/page/page-error.tsx";

/** Stands in for the root layout when that one fails, so it is a whole document. */
export default function GlobalError(failure: Failure) {
  return (
    <html lang="en">
      <body>
        <title>Error · Rollbook</title>
        <main className="grid min-h-dvh place-items-center px-4">
          <PageError {...failure} />
        </main>
      </body>
    </html>
  );
}
