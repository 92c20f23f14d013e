import { uuid, type Column } from "./types.ts";

export type Columns = Readonly<Record<string, Column<unknown>>>;

/** The columns of a statement's rows, by name. */
export type Shape<Declared extends Columns = Columns> = { readonly columns: Declared };

type ValueOf<Declared> = Declared extends Column<infer Value> ? Value : never;

/** The type of the rows of a shape. */
export type RowOf<Declared extends Shape> = {
  -readonly [Name in keyof Declared["columns"]]: ValueOf<Declared["columns"][Name]>;
};

/**
 * Declares the rows of a statement, column by column. Their type in TypeScript follows from it, and
 * where a database is opened with `checkRows` each result is compared with it.
 */
export function row<Declared extends Columns>(columns: Declared): Shape<Declared> {
  return { columns };
}

/** The rows of a library's own statements, which it reads itself; they are not compared. */
export const anyRow: Shape = row({});

/** What a statement answers that is asked for IDs alone. */
export const idRow = row({ id: uuid });
