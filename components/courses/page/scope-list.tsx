import { Check, Minus } from "lucide-react";
import { cn } from "#components/ui/cn.ts";
import type { ServiceScope } from "#lib/operations/registrations/platform-facts.ts";

/** Which scopes a course's launch announced, by short name; the full URI on hover. */
export function ScopeList(props: { announced: string[]; scopes: ServiceScope[] }) {
  const known = new Set(props.scopes.map(({ scope }) => scope));
  const others = props.announced.filter((scope) => !known.has(scope));
  return (
    <ul className="divide-y">
      {props.scopes.map(({ scope, shortName, allows }) => (
        <Scope
          key={scope}
          uri={scope}
          name={shortName}
          note={allows}
          isAnnounced={props.announced.includes(scope)}
        />
      ))}
      {others.map((scope) => (
        <Scope key={scope} uri={scope} name={scope} note="not used by Rollbook" isAnnounced />
      ))}
    </ul>
  );
}

function Scope(props: { uri: string; name: string; note: string; isAnnounced: boolean }) {
  const Icon = props.isAnnounced ? Check : Minus;
  return (
    <li className="flex items-start gap-2 px-4 py-2 text-sm" title={props.uri}>
      <Icon
        aria-hidden
        className={cn("mt-1 size-3.5 shrink-0", props.isAnnounced ? "text-ok" : "text-faint")}
      />
      <span className="min-w-0">
        <code className="font-mono text-xs font-medium">{props.name}</code>
        <span className="ms-2 text-xs text-muted">
          {props.isAnnounced ? "announced" : "not announced"}: {props.note}
        </span>
      </span>
    </li>
  );
}
