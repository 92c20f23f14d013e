"use server";

import { z } from "zod";
import { done, formAction } from "../../../_server/forms/form-action.ts";
import { plural } from "#lib/format.ts";
import { InvalidInput } from "#lib/operations/errors.ts";
import {
  importRegistrations,
  previewImport,
} from "#lib/operations/registrations/import/import-registrations.ts";
import { ImportInput } from "#lib/operations/registrations/import/schema.ts";

const MOST_FILE_BYTES = 2_000_000;

const Given = z.object({
  text: z.string().optional(),
  file: z
    .instanceof(File, { message: "choose a file" })
    .refine(({ size }) => size <= MOST_FILE_BYTES, "the file is larger than 2 MB")
    .optional(),
});

export const previewRegistrations = formAction(Given, async (caller, { text = "", file }) => {
  const read = file && file.size > 0 ? await file.text() : text;
  if (read.trim() === "") throw new InvalidInput({ text: ["choose a file, or paste its text"] });
  return done(undefined, { text: read, preview: await previewImport(caller, { text: read }) });
});

export const addRegistrations = formAction(ImportInput, async (caller, input) => {
  const result = await importRegistrations(caller, input);
  return done(`${plural(result.added, "registration")} added`, result);
});
