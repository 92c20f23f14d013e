"use client";

import { lazy, Suspense } from "react";
import type { Failure } from "./told-page-error.tsx";

export type { Failure } from "./told-page-error.tsx";

// Every page loads this in case it fails; what there is to say is loaded when one has.
const Told = lazy(() =>
  import("./told-page-error.tsx").then(
    ({ ToldPageError }) => ({ default: ToldPageError }),
    () => ({ default: Untold }),
  ),
);

/** A page that could not be made. What it says about the cause stays in the server's log. */
export function PageError(failure: Failure) {
  return (
    <Suspense>
      <Told {...failure} />
    </Suspense>
  );
}

/** Where the server cannot be reached, the words cannot either. */
function Untold() {
  return (
    <h1 role="alert">
      This page could not be shown. <a href="">Reload</a>
    </h1>
  );
}
