import { TableProperties } from "lucide-react";
import type { Metadata } from "next";
import { pageCaller } from "../../../../_server/caller.ts";
import { prefetchList, type SearchParams } from "../../../../_server/prefetch.ts";
import { GradebookBar } from "#components/gradebook/gradebook-bar.tsx";
import { GradebookPages, type GradebookPlace } from "#components/gradebook/gradebook-pages.tsx";
import { GradebookTable } from "#components/gradebook/gradebook-table.tsx";
import { RefreshWithScores } from "#components/gradebook/refresh-with-scores.tsx";
import { reads } from "#components/live/reads.ts";
import { Card } from "#components/ui/boxes/card.tsx";
import { EmptyState } from "#components/ui/boxes/empty-state.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { seesNames } from "#lib/operations/permit.ts";

export const metadata: Metadata = { title: "Gradebook" };

const PEOPLE = 50;
const COLUMNS = 40;

type Props = { params: Promise<{ courseId: string }>; searchParams: SearchParams };

/** Made by the server: two thousand cells would be a heavy thing to make in the browser. */
export default async function GradebookPage({ params, searchParams }: Props) {
  const { courseId } = await params;
  const path = `/courses/${courseId}/gradebook`;
  const caller = await pageCaller(path);
  const read = await prefetchList(caller, reads.gradebook, searchParams, {
    courseId,
    limit: PEOPLE,
    columnLimit: COLUMNS,
  });
  const at = placeOf(await searchParams);
  if (!read) return <Wrong path={path} />;
  const hrefOf = (place: GradebookPlace) => withQuery(path, place);
  return (
    <Card aria-label="Gradebook">
      <RefreshWithScores courseId={courseId} />
      <GradebookBar
        q={at.q ?? ""}
        state={at.state ?? ""}
        canSearch={seesNames(caller.actor)}
        csvHref={withQuery(`${path}/csv`, { q: at.q, state: at.state })}
      />
      {read.data.items.length === 0 ? (
        <EmptyState icon={TableProperties} title="Nobody to show">
          People come with the first roster or score.{" "}
          <TextLink href={path}>Show all people</TextLink>
        </EmptyState>
      ) : (
        <GradebookTable courseId={courseId} book={read.data} />
      )}
      <GradebookPages
        book={read.data}
        at={at}
        columnsFrom={Number(at.columnsFrom ?? 0)}
        columnLimit={COLUMNS}
        hrefOf={hrefOf}
      />
    </Card>
  );
}

function Wrong({ path }: { path: string }) {
  return (
    <Card aria-label="Gradebook">
      <EmptyState icon={TableProperties} title="The gradebook has no such filter or page">
        <TextLink href={path}>Show all people</TextLink>
      </EmptyState>
    </Card>
  );
}

function placeOf(asked: Awaited<SearchParams>): GradebookPlace {
  const text = (value: string | string[] | undefined) =>
    typeof value === "string" && value !== "" ? value : undefined;
  return {
    q: text(asked.q),
    state: text(asked.state),
    cursor: text(asked.cursor),
    columnsFrom: text(asked.columnsFrom),
  };
}

function withQuery(path: string, place: GradebookPlace): string {
  const given = Object.entries(place).filter(([, value]) => value !== undefined && value !== "");
  const query = new URLSearchParams(given as [string, string][]).toString();
  return query === "" ? path : `${path}?${query}`;
}
