import type { z } from "zod";
import type { PlatformState } from "#tests/support/platform/state.ts";

export type Command<Schema extends z.ZodType, Answer> = {
  schema: Schema;
  run: (state: PlatformState, input: z.output<Schema>) => Answer;
  /** Checks what came over the wire, then runs. */
  call: (state: PlatformState, input: unknown) => Answer;
};

export function command<Schema extends z.ZodType, Answer>(
  schema: Schema,
  run: (state: PlatformState, input: z.output<Schema>) => Answer,
): Command<Schema, Answer> {
  return { schema, run, call: (state, input) => run(state, schema.parse(input)) };
}
