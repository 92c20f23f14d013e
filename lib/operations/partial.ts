import { z } from "zod";

type Bare<Field> = Field extends z.ZodDefault<infer Inner> ? Inner : Field;
type PartialShape<Shape extends z.ZodRawShape> = {
  [Name in keyof Shape]: z.ZodOptional<Bare<Shape[Name]> & z.core.SomeType>;
};

/**
 * The same fields, none of them needed and none with a default: what is left out is not there
 * at all, so that it can keep its value. Rules over several fields are for the merged whole.
 */
export function partialOf<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
): z.ZodObject<PartialShape<Shape>> {
  const fields = Object.entries(schema.shape).map(([name, field]) => {
    return [name, bare(field as z.ZodType).optional()];
  });
  return z.object(Object.fromEntries(fields)) as z.ZodObject<PartialShape<Shape>>;
}

/** A change must change something. */
export function nonEmpty<Schema extends z.ZodObject>(schema: Schema): Schema {
  const isGiven = (value: object) => Object.values(value).some((field) => field !== undefined);
  return schema.refine(isGiven, { message: "name at least one field" });
}

/** `before` with the fields that are given. */
export function merged<Fields extends object>(before: Fields, change: Partial<Fields>): Fields {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  return { ...before, ...Object.fromEntries(given) };
}

/** What a default says of its field is kept, but not that it may be left out. */
function bare(field: z.ZodType): z.ZodType {
  if (!(field instanceof z.ZodDefault)) return field;
  const inner = field.unwrap() as z.ZodType;
  const description = field.meta()?.description;
  return description === undefined ? inner : inner.meta({ description });
}
