import { z } from "zod";
import { OWNERS } from "#lib/advice/index.ts";
import { Id, Timestamp } from "../fields.ts";

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
    state: z
      .enum(["waiting", "running", "passed", "warned", "failed", "skipped", "not_reached"])
      .meta({
        description: "skipped: nothing to ask; not_reached: it depends on a step that failed",
      }),
    durationMs: z.number().int().nullable(),
    summary: z.string().meta({ description: "one sentence" }),
    /** The platform's own words, verbatim. */
    verbatim: z.string().nullable(),
    cause: z.string().nullable(),
    owner: z.enum(OWNERS).meta({ description: "who has to act" }),
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

const head = {
  id: Id,
  registrationId: Id,
  startedBy: z.string(),
  startedAt: Timestamp,
  finishedAt: Timestamp.nullable(),
  state: z.enum(["running", "finished", "interrupted"]).meta({
    description: "interrupted: the process that ran it ended before the test did",
  }),
  verdict: z.enum(["passed", "warned", "failed"]).nullable(),
};

export const ConnectionTestView = z
  .object({
    ...head,
    steps: z.array(TestStep),
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
      .nullable()
      .meta({ description: "offered where the platform may know us under another audience" }),
  })
  .meta({ id: "ConnectionTest" });
export type ConnectionTestView = z.infer<typeof ConnectionTestView>;

export const ConnectionTestSummary = z.object(head).meta({ id: "ConnectionTestSummary" });
export type ConnectionTestSummary = z.infer<typeof ConnectionTestSummary>;

export const ConnectionTestList = z.object({
  items: z
    .array(ConnectionTestSummary)
    .meta({ description: "the latest 20, newest first; older ones are forgotten" }),
});
export type ConnectionTestList = z.infer<typeof ConnectionTestList>;
