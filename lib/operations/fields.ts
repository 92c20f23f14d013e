import { z } from "zod";

/** A moment in UTC, ISO 8601 with milliseconds. */
export const Timestamp = z.iso
  .datetime({ offset: true })
  .meta({ example: "2026-11-24T08:30:00.000Z" });

export const Id = z.uuid().meta({ description: "Rollbook's own identifier" });

/** A day, from its beginning in UTC, or a moment. */
const Moment = z.union([z.iso.date(), Timestamp]);

/** The two ends of a stretch of time, for a list's filter. */
export const TimeRange = {
  since: Moment.optional().meta({
    description: "from this day or moment on",
    override: { type: "string" },
  }),
  until: Moment.optional().meta({
    description: "to the end of this day, or before this moment",
    override: { type: "string" },
  }),
};

/** A list's stretch of time as moments; a day at its end is part of it. */
export function momentsOf({ since, until }: { since?: string; until?: string }): {
  since: Date | undefined;
  until: Date | undefined;
} {
  const isDay = until !== undefined && z.iso.date().safeParse(until).success;
  const end = until === undefined ? undefined : new Date(until);
  if (isDay) end?.setUTCDate(end.getUTCDate() + 1);
  return { since: since === undefined ? undefined : new Date(since), until: end };
}
export const Version = z.string().meta({
  description: "names what can be edited as it is now; the same as the ETag, without its quotes",
});

/** A whole number under each of the words. */
export function countsBy<const Words extends Record<string, string>>(
  words: z.ZodEnum<Words>,
): z.ZodObject<{ [Word in Words[keyof Words]]: z.ZodInt }> {
  const shape = Object.fromEntries(words.options.map((word) => [word, z.int()]));
  return z.object(shape) as z.ZodObject<{ [Word in Words[keyof Words]]: z.ZodInt }>;
}

export const PageQuery = z.object({
  cursor: z
    .string()
    .max(10_000)
    .optional()
    .meta({ description: "`nextCursor` of the page before this one" }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type PageQuery = z.infer<typeof PageQuery>;

/** Rows named one by one, as a selection names them. */
export const Ids = z
  .preprocess(
    (value) => (typeof value === "string" ? value.split(",").filter(Boolean) : value),
    z.array(Id).min(1).max(1_000),
  )
  .optional()
  .meta({
    description: "only these, separated by commas",
    param: { explode: false },
    override: { type: "array" },
  });

export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable().meta({ description: "null on the last page" }),
    total: z.number().int().meta({
      description: "rows matching the filter, over all pages; at most 10,000 are counted",
    }),
    totalIsCapped: z.boolean().meta({ description: "there are more rows than `total`" }),
  });
}
export type Page<Item> = {
  items: Item[];
  nextCursor: string | null;
  total: number;
  totalIsCapped: boolean;
};

export const Health = z.enum(["unknown", "healthy", "warning", "degraded", "paused"]).meta({
  id: "Health",
  description:
    "unknown: never ran; warning: retrying, stale or partly done; degraded: the last run failed; paused: nothing is synced until it is resumed",
});
export type Health = z.infer<typeof Health>;

/** What went wrong, in the platform's own words where it spoke. */
export const Problem = z
  .object({
    code: z.string().meta({ example: "lti.scope_mismatch" }),
    message: z.string(),
    detail: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof Problem>;
