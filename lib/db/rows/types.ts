import type { z } from "zod";

/** What a column of a result is: its type in PostgreSQL, and `Value` in JavaScript. */
export type Column<Value> = {
  /** As PostgreSQL writes it. */
  readonly type: string;
  /** The type's number, where it is the same in every database. */
  readonly oid?: number;
  /** That of an array of these. */
  readonly arrayOid?: number;
  /** What an enumeration consists of, in its order. */
  readonly labels?: readonly string[];
  readonly isNullable: boolean;
  /** What is wrong with a value that is not null, where the column's type says too little. */
  readonly problem?: (value: unknown) => string | undefined;
  /** Never there: the compiler knows the value's type by it. */
  readonly value?: Value;
};

/** A column that is never null; `nullable` is the same where it may be. */
export type ColumnType<Value> = Column<Value> & { readonly nullable: Column<Value | null> };

function columnType<Value>(facts: Omit<Column<Value>, "isNullable">): ColumnType<Value> {
  return { ...facts, isNullable: false, nullable: { ...facts, isNullable: true } };
}

export const bool = columnType<boolean>({ type: "boolean", oid: 16, arrayOid: 1000 });
export const bytea = columnType<Buffer>({ type: "bytea", oid: 17 });
export const int8 = columnType<bigint>({ type: "bigint", oid: 20, arrayOid: 1016 });
export const int4 = columnType<number>({ type: "integer", oid: 23, arrayOid: 1007 });
export const float8 = columnType<number>({ type: "double precision", oid: 701, arrayOid: 1022 });
export const text = columnType<string>({ type: "text", oid: 25, arrayOid: 1009 });
export const varchar = columnType<string>({ type: "character varying", oid: 1043 });
export const uuid = columnType<string>({ type: "uuid", oid: 2950, arrayOid: 2951 });
export const timestamptz = columnType<Date>({ type: "timestamp with time zone", oid: 1184 });

/** What a function answers that is called for its effect. */
export const nothing = columnType<string>({ type: "void", oid: 2278 });

/** Text that is one of these words. */
export function oneOf<const Word extends string>(words: readonly Word[]): ColumnType<Word> {
  const known = new Set<unknown>(words);
  return columnType<Word>({
    type: text.type,
    oid: text.oid,
    problem: (value) => (known.has(value) ? undefined : `is none of ${words.join(", ")}`),
  });
}

/** An array none of whose elements is null. */
export function array<Value>(of: ColumnType<Value>): ColumnType<Value[]> {
  const { type, arrayOid, problem } = of;
  return columnType<Value[]>({
    type: `${type}[]`,
    oid: arrayOid,
    problem(value) {
      if (!Array.isArray(value)) return "is no array";
      if (value.includes(null)) return "has an element that is null";
      return value.map((element) => problem?.(element)).find((found) => found !== undefined);
    },
  });
}

export const jsonb = <Schema extends z.ZodType>(schema: Schema) =>
  jsonType({ type: "jsonb", oid: 3802 }, schema);

export const json = <Schema extends z.ZodType>(schema: Schema) =>
  jsonType({ type: "json", oid: 114 }, schema);

function jsonType<Schema extends z.ZodType>(
  facts: { type: string; oid: number },
  schema: Schema,
): ColumnType<z.output<Schema>> {
  return columnType<z.output<Schema>>({
    ...facts,
    problem: (value) => schema.safeParse(value).error?.message,
  });
}

/** A type that the migrations make, with the values that Prisma's schema gives it. */
export function enumeration<Label extends string>(
  type: string,
  labels: Readonly<Record<string, Label>>,
): ColumnType<Label> {
  return columnType<Label>({ type, labels: Object.values(labels) });
}
