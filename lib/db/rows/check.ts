import type pg from "pg";
import type { Column } from "./types.ts";
import { anyRow, type Shape } from "./shape.ts";

/** The rows of a statement are not as they were declared: a mistake in our source. */
export class RowMismatch extends Error {
  constructor(statement: string, problems: readonly string[]) {
    super(`${problems.join("; ")}, in the rows of:\n${statement}`);
  }
}

type Result = Pick<pg.QueryResult, "fields" | "rows">;
type DatabaseType = { name: string; labels: readonly string[] };
type DatabaseTypes = ReadonlyMap<number, DatabaseType>;

/** Compares a result with the shape declared for it. */
export type RowCheck = (
  connection: pg.Pool | pg.ClientBase,
  statement: string,
  shape: Shape,
  result: Result,
) => Promise<void>;

/**
 * A check for the statements of one database. It reads the database's types once, for the names
 * and labels of those that the migrations made.
 */
export function createRowCheck(): RowCheck {
  let types: DatabaseTypes = new Map();
  return async (connection, statement, shape, result) => {
    if (shape === anyRow) return;
    const declared = new Map(Object.entries(shape.columns));
    const isKnown = ({ name, dataTypeID }: pg.FieldDef) =>
      declared.get(name)?.oid === dataTypeID || types.has(dataTypeID);
    if (!result.fields.every(isKnown)) types = await typesOf(connection);
    const problems = [
      ...fieldProblems(declared, result.fields, types),
      ...valueProblems(declared, result.rows),
    ];
    if (problems.length > 0) throw new RowMismatch(statement, problems);
  };
}

async function typesOf(connection: pg.Pool | pg.ClientBase): Promise<DatabaseTypes> {
  const { rows } = await connection.query<{ oid: string; name: string; labels: string[] }>(
    `SELECT oid::text AS oid, format_type(oid, NULL) AS name,
            ARRAY(SELECT enumlabel::text FROM pg_enum
                   WHERE enumtypid = pg_type.oid ORDER BY enumsortorder) AS labels
       FROM pg_type`,
  );
  return new Map(rows.map(({ oid, ...type }) => [Number(oid), type]));
}

function fieldProblems(
  declared: ReadonlyMap<string, Column<unknown>>,
  fields: readonly pg.FieldDef[],
  types: DatabaseTypes,
): string[] {
  const names = fields.map(({ name }) => name);
  return [
    ...[...declared.keys()]
      .filter((name) => !names.includes(name))
      .map((name) => `column "${name}" is declared and missing`),
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) => `column "${name}" comes twice`),
    ...fields.flatMap((field) => typeProblem(declared.get(field.name), field, types) ?? []),
  ];
}

function typeProblem(
  declared: Column<unknown> | undefined,
  { name, dataTypeID }: pg.FieldDef,
  types: DatabaseTypes,
): string | undefined {
  if (declared?.oid === dataTypeID) return undefined;
  const actual = types.get(dataTypeID) ?? { name: `type ${dataTypeID}`, labels: [] };
  if (!declared) return `column "${name}" is not declared, and is ${actual.name}`;
  if (declared.oid !== undefined || declared.type !== actual.name)
    return `column "${name}" is declared as ${declared.type}, and is ${actual.name}`;
  if (declared.labels?.join() !== actual.labels.join())
    return `${actual.name} is declared with ${declared.labels?.join()}, and has ${actual.labels.join()}`;
  return undefined;
}

/** At most one for each column. */
function valueProblems(
  declared: ReadonlyMap<string, Column<unknown>>,
  rows: readonly Record<string, unknown>[],
): string[] {
  return [...declared].flatMap(([name, { isNullable, problem }]) => {
    for (const { [name]: value } of rows) {
      if (value === null && !isNullable)
        return `column "${name}" is declared as never null, and is`;
      const found = value === null || value === undefined ? undefined : problem?.(value);
      if (found !== undefined) return `column "${name}" ${found}`;
    }
    return [];
  });
}
