import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { commands } from "./control/commands.ts";
import { LINK_DIALECTS } from "./faults/roster-faults.ts";
import { faultSchema } from "./faults/faults.ts";
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
});
