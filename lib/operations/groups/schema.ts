import { z } from "zod";

export const GroupView = z
  .object({
    id: z.string().meta({ description: "the platform's own; `groupIds` of members have it" }),
    name: z.string(),
    tag: z.string().nullable(),
    setId: z.string().nullable(),
    setName: z.string().nullable(),
    members: z.number().int().meta({ description: "of the present roster" }),
  })
  .meta({ id: "Group" });
export type GroupView = z.infer<typeof GroupView>;

export const GroupList = z.object({ items: z.array(GroupView) });
export type GroupList = z.infer<typeof GroupList>;
