"use client";

import type { ReactNode } from "react";
import { LoadError } from "#components/errors/load-error.tsx";
import { SkeletonRows } from "#components/ui/boxes/skeleton.tsx";
import type { Reading } from "./use-read.ts";

/** What was read, with what went wrong above it; a skeleton until the first answer. */
export function ReadState<Data>(props: {
  of: Pick<Reading<Data>, "data" | "error" | "refetch">;
  children: (data: Data) => ReactNode;
  /** Before the first answer. */
  waiting?: ReactNode;
  /** Around the error, where the place has no padding of its own. */
  errorClassName?: string;
}) {
  const { data, error, refetch } = props.of;
  return (
    <>
      {error && (
        <div className={props.errorClassName}>
          <LoadError error={error} retry={() => void refetch()} hasData={data !== undefined} />
        </div>
      )}
      {data !== undefined
        ? props.children(data)
        : !error && (props.waiting === undefined ? <SkeletonRows /> : props.waiting)}
    </>
  );
}
