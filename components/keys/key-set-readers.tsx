import { RelativeTime } from "#components/live/time/time.tsx";
import { Badge } from "#components/ui/text/badge.tsx";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { ListTable } from "#components/lists/list-table.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { formatCount } from "#lib/format.ts";
import type { SigningKeyList } from "#lib/operations/keys/schema.ts";

type Reader = SigningKeyList["fetches"][number];

/** Who has read our key set, and whether what they read holds the key that signs now. */
export function KeySetReaders({ fetches }: { fetches: Reader[] }) {
  return (
    <Card aria-labelledby="readers">
      <CardHeader
        id="readers"
        title="Who read our key set"
        description="An LMS that cannot read it refuses every token. What is not here never asked."
      />
      {fetches.length === 0 ? (
        <p className="px-4 py-3 text-sm text-muted">Nobody yet.</p>
      ) : (
        <ListTable
          caption="Who read our key set"
          columns={COLUMNS}
          rows={fetches}
          rowKey={({ address, userAgent }) => `${address} ${userAgent}`}
        />
      )}
    </Card>
  );
}

const COLUMNS: Column<Reader>[] = [
  {
    key: "who",
    header: "Reader",
    isLead: true,
    cell: ({ address, userAgent }) => (
      <>
        <span className="font-mono text-xs">{address}</span>
        <span className="block text-xs break-all text-muted">{userAgent || "no user agent"}</span>
      </>
    ),
  },
  {
    key: "copy",
    phone: "figure",
    header: "Its copy",
    cell: ({ hasSigningKey }) => (
      <Badge>{hasSigningKey ? "Has the key that signs" : "Lacks the key that signs"}</Badge>
    ),
  },
  { key: "times", header: "Times", align: "end", cell: ({ fetches }) => formatCount(fetches) },
  {
    key: "last",
    phone: "figure",
    header: "Last",
    align: "end",
    cell: ({ lastAt }) => <RelativeTime at={lastAt} />,
  },
];
