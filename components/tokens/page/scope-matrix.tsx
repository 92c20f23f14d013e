import { CircleCheck, CircleX, Minus } from "lucide-react";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { DataTable, type Column } from "#components/ui/tables/data-table.tsx";
import { Status } from "#components/ui/text/status.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { Tooltip } from "#components/ui/overlays/tooltip.tsx";
import { plural } from "#lib/format.ts";
import type { ScopeGrant, TokenView } from "#lib/operations/tokens/schema.ts";

/** Each scope: asked for, granted, needed by which courses, and what depends on it. */
export function ScopeMatrix({ token }: { token: TokenView }) {
  const { scopes, registrationId, obtainedAt } = token;
  const granted = scopes.filter(({ isGranted }) => isGranted).length;
  return (
    <Card aria-labelledby="scopes">
      <CardHeader
        id="scopes"
        title="Scopes"
        description={
          scopes.length === 0
            ? "No course of it uses any service yet"
            : obtainedAt === null
              ? `${plural(scopes.length, "scope")} will be asked for with the first token`
              : `${granted} of ${scopes.length} granted`
        }
      />
      {scopes.length > 0 && (
        <DataTable
          caption="Scopes"
          columns={columnsFor(registrationId)}
          rows={scopes}
          rowKey={({ scope }) => scope}
        />
      )}
    </Card>
  );
}

function columnsFor(registrationId: string): Column<ScopeGrant>[] {
  return [
    {
      key: "scope",
      header: "Scope",
      isLead: true,
      cell: ({ scope, shortName }) => (
        <Tooltip text={<code className="font-mono break-all">{scope}</code>}>
          <button
            type="button"
            className="cursor-help rounded font-mono text-xs leading-6 font-medium decoration-dotted underline-offset-4 hover:underline"
          >
            {shortName}
          </button>
        </Tooltip>
      ),
    },
    {
      key: "requested",
      header: "Requested",
      cell: ({ isRequested }) => <YesNo is={isRequested} />,
    },
    { key: "granted", header: "Granted", cell: (scope) => <Granted {...scope} /> },
    {
      key: "courses",
      header: "Needed by",
      cell: ({ scope, courses }) =>
        courses === 0 ? (
          <span className="text-muted">no course</span>
        ) : (
          <TextLink
            href={`/courses?registrationId=${registrationId}&scope=${encodeURIComponent(scope)}`}
          >
            {plural(courses, "course")}
          </TextLink>
        ),
    },
    {
      key: "breaks",
      header: "Without it",
      cell: (scope) => <Without {...scope} />,
    },
  ];
}

function YesNo({ is }: { is: boolean }) {
  return is ? "yes" : <span className="text-muted">not yet</span>;
}

function Granted({ isGranted, isRequested }: ScopeGrant) {
  if (isGranted)
    return (
      <Status tone="ok" icon={CircleCheck}>
        Granted
      </Status>
    );
  return isRequested ? (
    <Status tone="bad" icon={CircleX}>
      Refused
    </Status>
  ) : (
    <Status tone="idle" icon={Minus}>
      Not asked for
    </Status>
  );
}

/** What breaks: in the present where it does, else what would. */
function Without({ breaks, isGranted, isRequested }: ScopeGrant) {
  if (breaks === null) return <span className="text-muted">nothing that Rollbook does</span>;
  const isBroken = isRequested && !isGranted;
  return <span className={isBroken ? "font-medium text-bad" : "text-muted"}>{breaks}</span>;
}
