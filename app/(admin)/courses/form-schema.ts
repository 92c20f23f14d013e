import { z } from "zod";
import { SeenVersion } from "../../_server/forms/seen-version.ts";
import { CourseChange, CourseInput } from "#lib/operations/courses/schema.ts";

/** Scopes that have no box to tick, one per line. */
const OtherScopes = z.object({ otherScopes: z.string().default("") });

export const NewCourseForm = z.object({ ...CourseInput.shape, ...OtherScopes.shape });
export const CourseForm = z.object({
  ...CourseChange.shape,
  ...OtherScopes.shape,
  ...SeenVersion.shape,
});

type ScopeFields = { scopes: string[]; otherScopes: string };

/** The course as its operation takes it: ticked and typed scopes in one list. */
export function withAllScopes<Fields extends ScopeFields>({ otherScopes, ...fields }: Fields) {
  const typed = otherScopes.split(/\s+/).filter((scope) => scope !== "");
  return { ...fields, scopes: [...fields.scopes, ...typed] };
}
