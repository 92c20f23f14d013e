import { CircleCheck, CircleDot, CirclePlus, CircleX, TriangleAlert } from "lucide-react";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { Status } from "#components/ui/text/status.tsx";
import type { ImportDifference, ImportRow } from "#lib/operations/registrations/import/schema.ts";

const FIELDS: Record<ImportDifference["field"], string> = {
  tokenEndpoint: "Token endpoint",
  authorizationEndpoint: "Authorization endpoint",
  jwksUrl: "JWKS URL",
  audience: "Audience",
  deploymentIds: "Deployment IDs",
};

export function importColumns(isDone: boolean): Column<ImportRow>[] {
  return [
    {
      key: "name",
      header: "Registration",
      isLead: true,
      wraps: true,
      cell: ({ name, issuer, registrationId }) => (
        <>
          {registrationId ? (
            <TextLink href={`/registrations/${registrationId}`}>{name || issuer}</TextLink>
          ) : (
            <span className="font-medium">{name || "No name"}</span>
          )}
          <span className="block text-xs text-muted">{issuer}</span>
        </>
      ),
    },
    {
      key: "clientId",
      header: "Client ID",
      cell: ({ clientId }) => <code className="font-mono text-xs">{clientId || "none"}</code>,
    },
    { key: "place", header: "In the file", cell: ({ place }) => place },
    {
      key: "becomes",
      header: "Becomes",
      phone: "state",
      cell: ({ becomes }) => <Becomes becomes={becomes} isDone={isDone} />,
    },
    { key: "why", header: "Why, and what to do", phone: "figure", wraps: true, cell: whyOf },
  ];
}

function Becomes({ becomes, isDone }: { becomes: ImportRow["becomes"]; isDone: boolean }) {
  switch (becomes) {
    case "added":
      return isDone ? (
        <Status tone="ok" icon={CircleCheck}>
          Added
        </Status>
      ) : (
        <Status tone="active" icon={CirclePlus}>
          New
        </Status>
      );
    case "known":
      return (
        <Status tone="idle" icon={CircleDot}>
          Known, the same
        </Status>
      );
    case "differs":
      return (
        <Status tone="warn" icon={TriangleAlert}>
          Known, differs
        </Status>
      );
    case "refused":
      return (
        <Status tone="bad" icon={CircleX}>
          Refused
        </Status>
      );
  }
}

function whyOf({ reasons, differences, advice, registrationId }: ImportRow) {
  if (reasons.length + differences.length === 0) return null;
  return (
    <div className="space-y-1 text-sm">
      {reasons.length > 0 && <p>{reasons.join("; ")}</p>}
      {differences.map(({ field, here, file }) => (
        <p key={field}>
          {FIELDS[field]}: <code className="font-mono text-xs break-all">{here}</code> here,{" "}
          <code className="font-mono text-xs break-all">{file}</code> in the file
        </p>
      ))}
      {advice && <p className="text-muted">{advice}</p>}
      {differences.length > 0 && registrationId && (
        <TextLink href={`/registrations/${registrationId}/settings`}>Settings</TextLink>
      )}
    </div>
  );
}
