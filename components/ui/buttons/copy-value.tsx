import { cn } from "../cn.ts";
import { CopyButton } from "./copy-button.tsx";

/** An identifier or address in monospace, with a button that copies all of it. */
export function CopyValue(props: {
  value: string;
  label: string;
  shown?: string;
  className?: string;
}) {
  return (
    <span className={cn("inline-flex max-w-full items-center gap-1", props.className)}>
      <code className="min-w-0 font-mono text-xs break-all" title={props.value}>
        {props.shown ?? props.value}
      </code>
      <CopyButton text={props.value} label={`Copy ${props.label}`} />
    </span>
  );
}
