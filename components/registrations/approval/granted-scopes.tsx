import { Check, X } from "lucide-react";
import { cn } from "#components/ui/cn.ts";
import type { ServiceScope } from "#lib/operations/registrations/platform-facts.ts";

/** What the platform granted, against what Rollbook can use. */
export function GrantedScopes(props: { granted: readonly string[]; scopes: ServiceScope[] }) {
  const { granted, scopes } = props;
  return (
    <div>
      <h3 className="text-sm font-medium">Scopes granted</h3>
      <ul className="mt-1 grid gap-1 text-sm sm:grid-cols-2">
        {scopes.map(({ scope, shortName, allows }) => {
          const isGranted = granted.includes(scope);
          const Icon = isGranted ? Check : X;
          return (
            <li key={scope} className="flex gap-2">
              <Icon
                aria-hidden
                className={cn("mt-0.5 size-4 shrink-0", isGranted ? "text-ok" : "text-bad")}
              />
              <span>
                <code className="font-mono text-xs">{shortName}</code>{" "}
                <span className="text-muted">
                  {isGranted ? "granted" : "not granted"}: {allows}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
