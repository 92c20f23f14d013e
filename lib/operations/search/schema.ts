import { z } from "zod";

export const SearchQuery = z.object({
  q: z.string().trim().min(2, "type at least two characters").max(200).meta({
    description:
      "the beginning of a person's name, e-mail, user ID or SIS ID, of a line item's label, or of any ID; a part of a registration's, course's or operator's name; a service URL",
  }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(20)
    .default(6)
    .meta({ description: "so many of each kind at most" }),
});
export type SearchQuery = z.infer<typeof SearchQuery>;

export const Found = z
  .object({
    kind: z.enum(["registration", "course", "person", "line_item", "run", "hold", "operator"]),
    id: z.string().meta({ description: "for a person the platform's user ID" }),
    title: z.string(),
    note: z.string().meta({ description: "what tells it from others of that title" }),
    path: z.string().meta({ description: "where the console shows it" }),
    canSyncRoster: z.boolean().meta({ description: "of a course: its platform offers rosters" }),
  })
  .meta({ id: "Found" });
export type Found = z.infer<typeof Found>;

export const SearchResult = z.object({ items: z.array(Found) }).meta({ id: "SearchResult" });
export type SearchResult = z.infer<typeof SearchResult>;
