"use client";

import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useClock } from "#components/live/time/clock.tsx";
import { ReadState } from "#components/live/read-state.tsx";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { cn } from "#components/ui/cn.ts";
import { Disclosure } from "#components/ui/boxes/disclosure.tsx";
import { formatCount, plural } from "#lib/format.ts";
import type { TokenLife } from "#lib/operations/tokens/schema.ts";
import { LifeLanes } from "./life-lanes.tsx";
import { LivesTable } from "./lives-table.tsx";
import { pictureOf } from "./lives-model.ts";
import { SHOWN_LIVES, shownLives } from "./shown-lives.ts";

const STEP_MS = 5_000;

/** The lives of the latest tokens with the runs that drew on each: a picture and a table. */
export function LivesCard({ registrationId }: { registrationId: string }) {
  const address = useSearchParams();
  const shown = shownLives(address.get("tokens"));
  const read = useRead(reads.tokenLives({ registrationId, limit: shown }));
  return (
    <Card aria-labelledby="lives">
      <CardHeader
        id="lives"
        title="Latest tokens"
        description={
          read.data &&
          `${shownWords(read.data.items.length, read.data.total)}: to scale, with the runs that drew on each`
        }
        actions={<Choices shown={shown} address={address} />}
      />
      <ReadState of={read}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="px-4 py-6 text-sm text-muted">
              No token yet: one is requested when the first run needs it.
            </p>
          ) : (
            <Lives registrationId={registrationId} lives={items} />
          )
        }
      </ReadState>
    </Card>
  );
}

function shownWords(shown: number, total: number): string {
  return shown === total
    ? plural(total, "token")
    : `the latest ${formatCount(shown)} of ${plural(total, "token")}`;
}

function Lives({ registrationId, lives }: { registrationId: string; lives: TokenLife[] }) {
  const since = lives.at(-1)!.obtainedAt;
  const refused = useRead(
    reads.tokenRequests({ registrationId, outcome: "refused", since, limit: 100 }),
  );
  const now = useClock((nowMs) => Math.floor(nowMs / STEP_MS) * STEP_MS);
  return (
    <>
      <LifeLanes picture={pictureOf(lives, refused.data?.items ?? [], now)} />
      <Disclosure summary="As a table" className="border-t px-4 py-3">
        <LivesTable lives={lives} />
      </Disclosure>
    </>
  );
}

/** The filters of the requests below stay in the address. */
function Choices({ shown, address }: { shown: number; address: URLSearchParams }) {
  const hrefOf = (count: number) => {
    const query = new URLSearchParams(address);
    query.set("tokens", String(count));
    return `?${query}`;
  };
  return (
    <nav aria-label="How many tokens" className="flex gap-1 text-xs">
      {SHOWN_LIVES.map((count) => (
        <Link
          key={count}
          href={hrefOf(count)}
          scroll={false}
          replace
          aria-current={count === shown ? "true" : undefined}
          className={cn(
            "rounded-md px-2 py-1 font-medium",
            count === shown
              ? "bg-accent-soft text-accent"
              : "text-muted hover:bg-hover hover:text-ink",
          )}
        >
          Latest {count}
        </Link>
      ))}
    </nav>
  );
}
