import { z } from "zod";
import { Id, Timestamp } from "../fields.ts";

export const ListName = z
  .enum([
    "registrations",
    "courses",
    "members",
    "scores",
    "runs",
    "holds",
    "schedules",
    "tokens",
    "audit",
    "bulk",
  ])
  .meta({ id: "ListName" });
export type ListName = z.infer<typeof ListName>;

export const SavedViewInput = z
  .object({
    list: ListName,
    name: z.string().trim().min(1, "a name is required").max(100),
    query: z
      .string()
      .max(4_000)
      .transform((query) => query.replace(/^\?/, ""))
      .meta({
        description: "the query of the list's address, without a cursor",
        override: { type: "string" },
      }),
  })
  .meta({ id: "SavedViewInput", description: "takes the place of a view of that name" });
export type SavedViewInput = z.input<typeof SavedViewInput>;

export const SavedViewFilter = z.object({ list: ListName });
export type SavedViewFilter = z.infer<typeof SavedViewFilter>;

export const SavedView = z
  .object({
    id: Id,
    list: ListName,
    name: z.string(),
    query: z.string(),
    updatedAt: Timestamp,
  })
  .meta({ id: "SavedView" });
export type SavedView = z.infer<typeof SavedView>;

export const SavedViewList = z.object({ items: z.array(SavedView) });
