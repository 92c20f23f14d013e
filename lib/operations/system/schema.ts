import { z } from "zod";
import { Id, Timestamp } from "../fields.ts";

export const WorkerView = z
  .object({
    id: Id,
    host: z.string(),
    pid: z.number().int(),
    startedAt: Timestamp,
    heartbeatAt: Timestamp,
    isAlive: z.boolean(),
  })
  .meta({ id: "Worker" });
export type WorkerView = z.infer<typeof WorkerView>;

export const SystemView = z
  .object({
    version: z.string(),
    publicUrl: z.string(),
    jwksUrl: z.string().meta({ description: "where platforms fetch our public keys" }),
    database: z.object({
      kind: z.enum(["embedded", "server"]),
      version: z.string().meta({ example: "18.1" }),
    }),
    secretOpens: z.boolean().meta({
      description: "whether the present secret opens the signing key; else every run fails",
    }),
    engine: z.object({
      alive: z.boolean(),
      workers: z.number().int().meta({ description: "those alive" }),
      lastHeartbeatAt: Timestamp.nullable(),
    }),
    paused: z
      .object({ at: Timestamp, by: z.string() })
      .nullable()
      .meta({ description: "set while all syncs are paused" }),
    workers: z.array(WorkerView).meta({ description: "those seen within a day, latest first" }),
    isDemo: z.boolean().meta({ description: "whether `npm run demo` started it" }),
    hasDemoData: z.boolean(),
    demoData: z
      .object({
        lmsUrl: z.string().meta({ description: "of the made-up LMS" }),
        registrations: z.number().int(),
        courses: z.number().int(),
      })
      .nullable(),
    allowsPrivateNetwork: z.boolean(),
  })
  .meta({ id: "System" });
export type SystemView = z.infer<typeof SystemView>;

export const DemoDataRemoved = z
  .object({ registrations: z.number().int(), courses: z.number().int() })
  .meta({ id: "DemoDataRemoved" });
export type DemoDataRemoved = z.infer<typeof DemoDataRemoved>;
