import type { RunFilter as Stored } from "#lib/db/runs/lists/conditions.ts";
import { momentsOf } from "../fields.ts";
import type { RunFilter } from "./schema.ts";

/** A filter of runs as the database takes it. */
export function runQuery(filter: Omit<Partial<RunFilter>, "cursor" | "limit" | "sort">): Stored {
  return { ...filter, ...momentsOf(filter) };
}
