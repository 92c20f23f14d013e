import { cloneElement, isValidElement, type ReactElement, type ReactNode } from "react";
import { cn } from "./cn.ts";

type Props = Record<string, unknown> & { className?: string };
type Handler = (event: unknown) => void;

/**
 * The one element that was given, with more on it: classes are joined, and of a handler that both
 * have the element's own is called first.
 */
export function withProps(children: ReactNode, added: Props): ReactElement {
  if (!isValidElement<Props>(children)) throw new TypeError("one element is needed here");
  const own = children.props;
  const merged: Props = { ...added, ...own, className: cn(added.className, own.className) };
  for (const [name, handler] of Object.entries(added))
    if (isHandler(handler) && isHandler(own[name])) merged[name] = inTurn(own[name], handler);
  return cloneElement(children, merged);
}

function isHandler(value: unknown): value is Handler {
  return typeof value === "function";
}

function inTurn(first: Handler, second: Handler): Handler {
  return (event) => {
    first(event);
    second(event);
  };
}
