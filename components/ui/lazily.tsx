import { lazy, Suspense, type ComponentType } from "react";

/**
 * A part that the browser loads when it is shown; the server renders it with the rest. Lighter than
 * `next/dynamic`, which announces the file ahead: for what is mostly not there.
 */
export function lazily<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  // On the server it is read with the module, so that a page without JavaScript has it in its place.
  let read: ComponentType<Props> | undefined;
  if (typeof window === "undefined") void load().then((part) => (read = part));
  const Part = lazy(async () => ({ default: await load() }));
  return function Lazily(props: Props) {
    const Known = read ?? Part;
    return (
      <Suspense>
        <Known {...props} />
      </Suspense>
    );
  };
}
