import { CopyButton } from "../buttons/copy-button.tsx";
import { ScrollRegion } from "../boxes/scroll-region.tsx";

/** Verbatim text: an exchange, a command, a reply. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <div className="relative rounded-md border bg-sunken">
      <ScrollRegion label={label} className="max-h-80 overflow-auto p-3 pe-11">
        <pre className="font-mono text-xs leading-5 whitespace-pre-wrap">{code}</pre>
      </ScrollRegion>
      <div className="absolute end-2 top-2">
        <CopyButton text={code} label={`Copy ${label}`} />
      </div>
    </div>
  );
}
