"use client";

import { RotateCw } from "lucide-react";
import Link from "next/link";
import { ApiProblem } from "#components/live/answer.ts";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { Button } from "#components/ui/buttons/button.tsx";
import { ErrorTitle } from "./advised.tsx";

/** Shown above what was last read, or in its place where nothing was. */
export function LoadError(props: { error: Error; retry: () => void; hasData: boolean }) {
  const { error } = props;
  const isSignedOut = error instanceof ApiProblem && error.status === 401;
  return (
    <Banner
      tone={props.hasData ? "warn" : "bad"}
      role="alert"
      className="mb-4"
      title={
        isSignedOut ? (
          <ErrorTitle code="operation.not_signed_in" />
        ) : props.hasData ? (
          "This may be out of date"
        ) : (
          "This could not be read"
        )
      }
      actions={
        isSignedOut ? (
          <Button asChild size="sm">
            <Link href="/login">Sign in</Link>
          </Button>
        ) : (
          <Button size="sm" onClick={props.retry}>
            <RotateCw aria-hidden /> Try again
          </Button>
        )
      }
    >
      <p className="first-letter:uppercase">{error.message}.</p>
    </Banner>
  );
}
