"use client";

import { Building2 } from "lucide-react";
import { ActLink } from "#components/access/act-link.tsx";
import { HealthBadge } from "#components/states/health-badge.tsx";
import { LiveList } from "#components/lists/live-list.tsx";
import { SelectFilter } from "#components/lists/select-filter.tsx";
import { ArchivedFilter } from "#components/lists/tools/choice-filters.tsx";
import { useUrlFilters } from "#components/lists/state/use-url-filters.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { Badge } from "#components/ui/text/badge.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { EmptyState } from "#components/ui/boxes/empty-state.tsx";
import { RowLink } from "#components/ui/tables/row-link.tsx";
import { SearchField } from "#components/ui/fields/search-field.tsx";
import { formatCount } from "#lib/format.ts";
import type { RegistrationView } from "#lib/operations/registrations/schema.ts";
import { PLATFORM_NAMES } from "#lib/platforms/names.ts";
import { PLATFORM_OPTIONS } from "./platform-options.ts";
import { TokenExpiry } from "./token-expiry.tsx";

export function RegistrationTable() {
  const filters = useUrlFilters(["q", "profile", "state", "archived"]);
  const { values, set } = filters;
  const source = reads.registrations(filters.query);
  const list = useRead(source);
  return (
    <LiveList
      caption="Registrations"
      list={list}
      source={source}
      views="registrations"
      defaultSort="name"
      filters={filters}
      columns={COLUMNS}
      rowKey={(registration) => registration.id}
      empty={<NoRegistrations />}
      filterBar={
        <>
          <SearchField
            name="q"
            label="Search registrations"
            placeholder="Name, issuer or client ID"
            value={values.q}
            onSearch={(text) => set("q", text)}
          />
          <SelectFilter
            name="profile"
            label="Platform"
            all="All platforms"
            options={PLATFORM_OPTIONS}
            value={values.profile}
            onChange={(value) => set("profile", value)}
          />
          <SelectFilter
            name="state"
            label="Approval"
            all="Approved"
            options={[
              { value: "pending", label: "Waiting for approval" },
              { value: "declined", label: "Declined" },
              { value: "all", label: "Approved or not" },
            ]}
            value={values.state}
            onChange={(value) => set("state", value)}
          />
          <ArchivedFilter values={values} set={set} />
        </>
      }
    />
  );
}

const COLUMNS: Column<RegistrationView>[] = [
  {
    key: "name",
    header: "Name",
    isLead: true,
    sort: "name",
    cell: (registration) => (
      <span className="inline-flex max-w-full items-center gap-2">
        <RowLink href={`/registrations/${registration.id}`}>{registration.name}</RowLink>
        {registration.isDemo && <Badge>Demo</Badge>}
        {registration.archivedAt && <Badge>Archived</Badge>}
      </span>
    ),
  },
  { key: "platform", header: "Platform", cell: ({ profile }) => PLATFORM_NAMES[profile] },
  {
    key: "client",
    header: "Client ID",
    cell: ({ clientId }) => <code className="font-mono text-xs">{clientId}</code>,
  },
  {
    key: "issuer",
    header: "Issuer",
    isOptional: true,
    cell: ({ issuer }) => <code className="font-mono text-xs">{issuer}</code>,
  },
  {
    key: "health",
    header: "Health",
    phone: "state",
    cell: (registration) => <HealthBadge {...registration} />,
  },
  {
    key: "deployments",
    header: "Deployments",
    isOptional: true,
    align: "end",
    cell: ({ deployments }) => formatCount(deployments.length),
  },
  {
    key: "courses",
    header: "Courses",
    phone: "figure",
    align: "end",
    cell: ({ courseCount }) => formatCount(courseCount),
  },
  {
    key: "token",
    header: "Token expires",
    phone: "figure",
    align: "end",
    cell: (registration) => <TokenExpiry registration={registration} />,
  },
  {
    key: "success",
    header: "Last success",
    align: "end",
    cell: ({ lastSuccessAt }) => <RelativeTime at={lastSuccessAt} />,
  },
];

function NoRegistrations() {
  return (
    <EmptyState
      icon={Building2}
      title="No LMS is connected yet"
      actions={
        <ActLink href="/registrations/new" look="primary">
          Connect an LMS
        </ActLink>
      }
    >
      A registration is one LMS and the client ID it gave your tool. Rosters and grades of all its
      courses share one access token.
    </EmptyState>
  );
}
