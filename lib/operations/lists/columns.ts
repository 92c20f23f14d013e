import { z } from "zod";

/** A column of a list as a table: its name, and where its value stands in an item. */
export type Column = { name: string; valueOf: (item: unknown) => unknown };

/** The columns of a list's items: each field, and each field of the objects within. */
export function columnsOf(item: z.ZodType): Column[] {
  return columnsBelow(item, []);
}

function columnsBelow(schema: z.ZodType, path: readonly string[]): Column[] {
  const bare = withoutWrapping(schema);
  if (bare instanceof z.ZodObject && (path.length === 0 || path.length < DEEPEST))
    return Object.entries(bare.shape as Record<string, z.ZodType>).flatMap(([name, part]) =>
      columnsBelow(part, [...path, name]),
    );
  return [{ name: path.join("."), valueOf: (value) => valueAt(value, path) }];
}

const DEEPEST = 4;

function withoutWrapping(schema: z.ZodType): z.ZodType {
  const isWrapped =
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault;
  return isWrapped ? withoutWrapping(schema.unwrap() as z.ZodType) : schema;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, name) => (at === null || at === undefined ? at : (at as Record<string, unknown>)[name]),
    value,
  );
}
