import Link from "next/link";
import { ScrollRegion } from "#components/ui/boxes/scroll-region.tsx";
import { formatNumber } from "#lib/format.ts";
import type { Gradebook, GradebookColumn, GradebookRow } from "#lib/operations/gradebook/schema.ts";
import { ScoreCell } from "./gradebook-cell.tsx";
import { GridKeys } from "./grid-keys.tsx";

/** People by columns; names and headers stay in sight while it scrolls. */
export function GradebookTable({ courseId, book }: { courseId: string; book: Gradebook }) {
  return (
    <GridKeys>
      <ScrollRegion label="Gradebook, table" className="max-h-[70vh] overflow-y-auto">
        <table className="min-w-full border-separate border-spacing-0 text-sm">
          <caption className="sr-only">
            Gradebook: a row for each person, a column for each line item. Arrow keys move between
            cells.
          </caption>
          <thead>
            <tr>
              <th
                scope="col"
                className="sticky start-0 top-0 z-3 border-e border-b bg-sunken px-3 py-2 text-start text-xs font-medium text-muted"
              >
                Person
              </th>
              {book.columns.map((column) => (
                <ColumnHeader key={column.id} courseId={courseId} column={column} />
              ))}
            </tr>
          </thead>
          <tbody>
            {book.items.map((row) => (
              <PersonRow key={row.userId} courseId={courseId} row={row} columns={book.columns} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </GridKeys>
  );
}

function ColumnHeader({ courseId, column }: { courseId: string; column: GradebookColumn }) {
  const { id, label, scoreMaximum, goneAt } = column;
  return (
    <th scope="col" className="sticky top-0 z-2 border-b bg-sunken px-2 py-2 text-end text-xs">
      <Link
        prefetch={false}
        href={`/courses/${courseId}/grades/line-items/${id}`}
        title={label}
        className="ms-auto block max-w-32 min-w-20 truncate font-medium text-ink hover:underline"
      >
        {label}
      </Link>
      <span className="font-normal text-muted">
        {goneAt ? "gone on the platform" : `of ${formatNumber(scoreMaximum)}`}
      </span>
    </th>
  );
}

type RowProps = { courseId: string; row: GradebookRow; columns: readonly GradebookColumn[] };

function PersonRow({ courseId, row, columns }: RowProps) {
  const { userId, name } = row;
  const cells = new Map(row.cells.map((cell) => [cell.lineItemId, cell]));
  const scores = `/courses/${courseId}/grades?userId=${encodeURIComponent(userId)}`;
  return (
    <tr>
      <th
        scope="row"
        className="sticky start-0 z-1 border-e border-b bg-surface text-start font-normal"
      >
        <Link
          data-cell
          prefetch={false}
          href={scores}
          title={name ? `${name} (${userId})` : userId}
          className="block w-36 truncate px-3 py-1 font-medium -outline-offset-2 hover:underline sm:w-56"
        >
          {name ?? <code className="font-mono text-xs">{userId}</code>}
        </Link>
      </th>
      {columns.map(({ id, label }) => (
        <td key={id} className="border-b bg-surface">
          <ScoreCell
            cell={cells.get(id)}
            href={`${scores}&lineItemId=${id}`}
            about={`${name ?? userId}, ${label}`}
          />
        </td>
      ))}
    </tr>
  );
}
