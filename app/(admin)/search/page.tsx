import type { Metadata } from "next";
import { pageCaller } from "../../_server/caller.ts";
import type { SearchParams } from "../../_server/prefetch.ts";
import { syncRoster } from "../courses/[courseId]/actions.ts";
import { readAsk } from "#components/finder/results/ask.ts";
import { findPages } from "#components/finder/pages.ts";
import { ResultList } from "#components/finder/results/result-list.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Button } from "#components/ui/buttons/button.tsx";
import { Input } from "#components/ui/fields/field-controls.tsx";
import { SearchQuery } from "#lib/operations/search/schema.ts";
import { search } from "#lib/operations/search/search.ts";

export const metadata: Metadata = { title: "Find" };

const MOST_OF_A_KIND = 20;

/** The finder without a script: a form, and what it found. */
export default async function SearchPage(props: { searchParams: SearchParams }) {
  const { q } = await props.searchParams;
  const typed = typeof q === "string" ? q : "";
  const caller = await pageCaller(`/search?q=${encodeURIComponent(typed)}`);
  const { text } = readAsk(typed);
  const query = SearchQuery.safeParse({ q: text, limit: MOST_OF_A_KIND });
  const items = query.success ? (await search(caller, query.data)).items : [];
  return (
    <>
      <PageHeader title="Find" />
      <form action="/search" role="search" className="mb-5 flex max-w-xl gap-2">
        <Input
          type="search"
          name="q"
          defaultValue={typed}
          aria-label="What to find"
          placeholder="A name, an e-mail, an ID or an address"
        />
        <Button type="submit" look="primary" size="lg" className="h-9">
          Find
        </Button>
      </form>
      {query.success && (
        <ResultList text={text} items={items} pages={findPages(text)} syncRoster={syncRoster} />
      )}
    </>
  );
}
