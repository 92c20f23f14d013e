import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { commands } from "./control/commands.ts";
import { LINK_DIALECTS } from "./faults/roster-faults.ts";
import { faultSchema } from "./faults/faults.ts";
import { selection } from "./faults/selection.ts";
import { ROUTES } from "./http/routes.ts";
import { platformOptionsSchema } from "./options.ts";

const readme = await readFile(new URL("README.md", import.meta.url), "utf8");

const kinds = faultSchema.options.map(({ shape }) => shape.kind.value);
const served = ROUTES.filter((route) => route !== "other");

describe("the README", () => {
  test.each([...kinds, ...LINK_DIALECTS, ...served, ...Object.keys(platformOptionsSchema.shape)])(
    "documents %s",
    (name) => {
      expect(readme).toContain(`\`${name}\``);
    },
  );

  test.each(Object.keys(commands))("documents the call %s", (name) => {
    expect(readme).toContain(`\`${name}(`);
  });

  test.each(faultSchema.options.map((fault) => [fault.shape.kind.value, fault.shape] as const))(
    "documents the fields of %s and what they may be",
    (kind, shape) => {
      const rows = readme.split("\n").filter((line) => line.includes(`\`${kind}\``));
      const fields = Object.entries(shape).filter(
        ([name]) => name !== "kind" && !(name in selection),
      );
      const missing = fields.filter(([name]) => !rows.some((row) => row.includes(name)));
      expect(missing.map(([name]) => name)).toEqual([]);
      const values = fields.flatMap(([, schema]) => choicesOf(schema));
      expect(values.filter((value) => !readme.includes(`\`${value}\``))).toEqual([]);
    },
  );
});

/** The words that a field may be, where there are only so many. */
function choicesOf(schema: z.core.$ZodType): string[] {
  if (schema instanceof z.ZodEnum) return schema.options.map(String);
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) {
    return choicesOf(schema.unwrap());
  }
  return [];
}
