"use client";

import { KeyRound } from "lucide-react";
import { ActLink } from "#components/access/act-link.tsx";
import { LiveList } from "#components/lists/live-list.tsx";
import { SelectFilter, type FilterOption } from "#components/lists/select-filter.tsx";
import { RegistrationFilter } from "#components/lists/tools/choice-filters.tsx";
import { useUrlFilters } from "#components/lists/state/use-url-filters.ts";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { stateOptions } from "#components/states/shown.ts";
import { TOKEN_STATES } from "#components/states/tables/keys.ts";
import { EmptyState } from "#components/ui/boxes/empty-state.tsx";
import { SearchField } from "#components/ui/fields/search-field.tsx";
import { TOKEN_ERRORS } from "../token-words.ts";
import { TOKEN_COLUMNS } from "./token-columns.tsx";

const STATE_OPTIONS = stateOptions(TOKEN_STATES);

/** One line for the access token of each registration. */
export function TokenList({ registrations }: { registrations: FilterOption[] }) {
  const filters = useUrlFilters(["q", "state", "registrationId", "errorCode"]);
  const { values, set } = filters;
  const source = reads.tokens(filters.query);
  const list = useRead(source);
  return (
    <LiveList
      caption="Tokens"
      list={list}
      source={source}
      views="tokens"
      defaultSort="name"
      filters={filters}
      columns={TOKEN_COLUMNS}
      rowKey={(token) => token.registrationId}
      empty={<NoTokens />}
      filterBar={
        <>
          <SearchField
            name="q"
            label="Search tokens"
            placeholder="Registration or issuer"
            value={values.q}
            onSearch={(text) => set("q", text)}
          />
          <SelectFilter
            name="state"
            label="State"
            all="Any state"
            options={STATE_OPTIONS}
            value={values.state}
            onChange={(state) => set("state", state)}
          />
          <RegistrationFilter registrations={registrations} values={values} set={set} />
          <SelectFilter
            name="errorCode"
            label="Last error"
            all="Any error or none"
            options={TOKEN_ERRORS}
            value={values.errorCode}
            onChange={(errorCode) => set("errorCode", errorCode)}
          />
        </>
      }
    />
  );
}

function NoTokens() {
  return (
    <EmptyState
      icon={KeyRound}
      title="No tokens yet"
      actions={
        <ActLink href="/registrations/new" look="primary">
          Connect an LMS
        </ActLink>
      }
    >
      A token is requested when the first run of a registration needs it.
    </EmptyState>
  );
}
