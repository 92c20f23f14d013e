import { UNKNOWN } from "#lib/format.ts";
import type { AuditEntryView } from "#lib/operations/operators/schema.ts";
import { spaced } from "./audit-words.ts";

type Change = { from: unknown; to: unknown };

/** What an entry says beyond its action: values, or old and new ones. */
export function AuditDetail({ detail }: { detail: AuditEntryView["detail"] }) {
  const facts = factsOf(detail);
  if (facts.length === 0) return UNKNOWN;
  return (
    <dl className="space-y-0.5 text-xs">
      {facts.map(([name, value]) => (
        <div key={name} className="flex flex-wrap gap-x-2">
          <dt className="text-muted">{spaced(name)}</dt>
          <dd className="min-w-0 font-mono break-all">
            {isChange(value) ? (
              <>
                <del className="text-muted">
                  <span className="sr-only">from </span>
                  {textOf(value.from)}
                </del>
                <span aria-hidden> → </span>
                <ins className="no-underline">
                  <span className="sr-only"> to </span>
                  {textOf(value.to)}
                </ins>
              </>
            ) : (
              textOf(value)
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Changes stand under a name of their own, or beside other facts. */
function factsOf(detail: AuditEntryView["detail"]): [string, unknown][] {
  const given = Object.entries(detail ?? {}).filter(([, value]) => value !== null);
  return given.flatMap(([name, value]) =>
    isRecord(value) && !isChange(value)
      ? (Object.entries(value) as [string, unknown][])
      : [[name, value] satisfies [string, unknown]],
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isChange(value: unknown): value is Change {
  return isRecord(value) && "from" in value && "to" in value;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined || value === "") return UNKNOWN;
  return typeof value === "string" ? value : JSON.stringify(value);
}
