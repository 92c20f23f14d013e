import { z } from "zod";
import { Id, Timestamp } from "../fields.ts";

export const ServiceOriginView = z
  .object({
    id: Id,
    origin: z.string().meta({ example: "https://lms.example.edu" }),
    state: z.enum(["pending", "approved", "declined"]).meta({
      description: "pending: an address there was named, and nobody has decided yet",
    }),
    source: z.enum(["registration", "launch", "course", "platform", "operator", "upgrade"]).meta({
      description:
        "what named it: the registration itself, a verified launch, an address that was entered for a course, the platform in a reply, an admin, or the upgrade that began to ask",
    }),
    decidedBy: z
      .string()
      .nullable()
      .meta({ description: "null where a launch or the upgrade decided" }),
    decidedAt: Timestamp.nullable(),
    createdAt: Timestamp,
  })
  .meta({ id: "ServiceOrigin" });
export type ServiceOriginView = z.infer<typeof ServiceOriginView>;

const isWebAddress = (value: string) =>
  URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);

export const ServiceOriginInput = z
  .object({
    origin: z
      .string()
      .trim()
      .max(2000)
      .refine(isWebAddress, { message: "must be an address such as https://lms.example.edu" })
      .meta({ description: "any address there; scheme, host and port count" }),
  })
  .meta({ id: "ServiceOriginInput" });
export type ServiceOriginInput = z.infer<typeof ServiceOriginInput>;
