"use client";

import type { ReactNode } from "react";
import { ReadState } from "#components/live/read-state.tsx";
import { reads } from "#components/live/reads.ts";
import { AbsoluteTime } from "#components/live/time/time.tsx";
import { useRead } from "#components/live/use-read.ts";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { DataTable, type Column } from "#components/ui/tables/data-table.tsx";
import { SkeletonRows } from "#components/ui/boxes/skeleton.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import type { AssertionView } from "#lib/operations/tokens/schema.ts";

type Part = { key: string; name: string; value: ReactNode; says: ReactNode };

/** What a token request is signed with: header and claims, each with what it is for. */
export function AssertionCard({ registrationId }: { registrationId: string }) {
  const read = useRead(reads.assertion({ registrationId }));
  return (
    <Card aria-labelledby="assertion">
      <CardHeader
        id="assertion"
        title="Client assertion"
        description="The JWT that proves to the token endpoint who is asking, decoded as the next request will carry it. Its signature is never shown."
      />
      <ReadState of={read} waiting={<SkeletonRows />} errorClassName="p-3">
        {(assertion) => (
          <DataTable
            caption="Header and claims of the client assertion"
            columns={COLUMNS}
            rows={partsOf(assertion)}
            rowKey={({ key }) => key}
          />
        )}
      </ReadState>
    </Card>
  );
}

const COLUMNS: Column<Part>[] = [
  {
    key: "name",
    header: "Part",
    isLead: true,
    cell: ({ name }) => <code className="font-mono text-xs">{name}</code>,
  },
  {
    key: "value",
    header: "Value",
    cell: ({ value }) => <code className="font-mono text-xs break-all">{value}</code>,
  },
  { key: "says", header: "What it says", cell: ({ says }) => says },
];

function partsOf({ header, claims, tokenEndpoint }: AssertionView): Part[] {
  const isUsual = claims.aud.length === 1 && claims.aud[0] === tokenEndpoint;
  return [
    part("header.alg", header.alg, "signed with our private RSA key"),
    part(
      "header.kid",
      header.kid,
      <>
        which of our public keys verifies it; the platform reads them from our{" "}
        <TextLink href="/settings/keys">key set</TextLink>
      </>,
    ),
    part("header.typ", header.typ, "the kind of token"),
    part("iss", claims.iss, "who signs: the client ID the platform gave this tool"),
    part("sub", claims.sub, "who asks: the same client ID"),
    part(
      "aud",
      claims.aud.join(", "),
      isUsual
        ? "for whom: the token endpoint; a platform refuses one that is meant for another"
        : `for whom: as the platform wants it, in place of the token endpoint ${tokenEndpoint}`,
    ),
    part("iat", <Moment seconds={claims.iat} />, "when it was signed; the platform’s clock judges"),
    part("exp", <Moment seconds={claims.exp} />, "five minutes later it is no longer accepted"),
    part("jti", claims.jti, "makes it good for one use: another one in every request"),
  ];
}

function part(name: string, value: ReactNode, says: ReactNode): Part {
  return { key: name, name: name.replace("header.", ""), value, says };
}

function Moment({ seconds }: { seconds: number }) {
  return (
    <>
      {seconds} (<AbsoluteTime at={new Date(seconds * 1000).toISOString()} />)
    </>
  );
}
