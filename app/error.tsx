"use client";

import { PageError, type Failure } from "#components/errors/page/page-error.tsx";

export default function ErrorPage(failure: Failure) {
  return (
    <main className="grid min-h-dvh place-items-center px-4">
      <PageError {...failure} />
    </main>
  );
}
