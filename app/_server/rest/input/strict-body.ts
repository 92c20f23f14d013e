import { z } from "zod";

const made = new WeakMap<z.ZodType, z.ZodType<object>>();

/**
 * The schema, refusing fields it does not know: one with a typing error in its name would else
 * be one left out. The same schema gives the same again, so that its document has it once.
 */
export function withoutUnknownFields(schema: z.ZodType<object>): z.ZodType<object> {
  if (!(schema instanceof z.ZodObject)) return schema;
  const strict = made.get(schema) ?? schema.strict().meta({ ...z.globalRegistry.get(schema) });
  made.set(schema, strict);
  return strict;
}
