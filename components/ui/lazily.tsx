import { lazy, Suspense, type ComponentType } from "react";

/**
 * A part that the browser loads when it is shown; the server renders it with the rest. Lighter than
 * `next/dynamic`, which announces the file ahead: for what is mostly not there.
 */
export function lazily<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const Part = lazy(async () => ({ default: await load() }));
  return function Lazily(props: Props) {
    return (
      <Suspense>
        <Part {...props} />
      </Suspense>
    );
  };
}
