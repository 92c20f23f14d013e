import { z } from "zod";
import { Id, Timestamp } from "./common.ts";

export const TestStep = z
  .object({
    key: z.enum([
      "endpoints",
      "platform_jwks",
      "tool_jwks",
      "assertion",
      "token",
      "scopes",
      "clock",
      "memberships",
      "line_items",
    ]),
    title: z.string(),
    state: z.enum(["passed", "warned", "failed", "skipped", "not_reached"]),
    durationMs: z.number().int().nullable(),
    summary: z.string().meta({ description: "one sentence" }),
    /** The platform's own words, verbatim. */
    verbatim: z.string().nullable(),
    cause: z.string().nullable(),
    owner: z.enum(["nobody", "rollbook_operator", "platform_admin", "platform_vendor"]),
    fix: z.string().nullable(),
    exchange: z
      .object({
        request: z.string().meta({ description: "redacted" }),
        response: z.string().nullable(),
      })
      .nullable(),
    facts: z.array(z.object({ label: z.string(), value: z.string() })),
  })
  .meta({ id: "ConnectionTestStep" });
export type TestStep = z.infer<typeof TestStep>;

export const ConnectionTestView = z
  .object({
    id: Id,
    registrationId: Id,
    startedBy: z.string(),
    startedAt: Timestamp,
    finishedAt: Timestamp.nullable(),
    verdict: z.enum(["passed", "warned", "failed"]).nullable(),
    steps: z.array(TestStep),
    /** Audience probe: offered after `invalid_client`. */
    audienceProbe: z
      .object({
        offered: z.boolean(),
        tried: z.array(
          z.object({
            audience: z.string(),
            accepted: z.boolean(),
            verbatim: z.string().nullable(),
          }),
        ),
        worked: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: "ConnectionTest" });
export type ConnectionTestView = z.infer<typeof ConnectionTestView>;
