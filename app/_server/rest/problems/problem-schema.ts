import { z } from "zod";

/** An error, in the form of RFC 9457. */
export const ProblemDetails = z
  .object({
    type: z.string().meta({ description: "identifies the kind of problem" }),
    title: z.string(),
    status: z.number().int(),
    code: z.string().meta({ description: "stable; the last part of `type`" }),
    detail: z.string().meta({ description: "what happened this time" }),
    fields: z
      .record(z.string(), z.array(z.string()))
      .optional()
      .meta({ description: "messages by field of the input; nested fields are joined by dots" }),
    facts: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: "what else is known, such as the platform's own words" }),
    requestId: z.string().meta({ description: "the log of the server knows the request by it" }),
  })
  .meta({
    id: "ProblemDetails",
    example: {
      type: "urn:rollbook:problem:operation.not_found",
      title: "Not found",
      status: 404,
      code: "operation.not_found",
      detail: "there is no such course",
      facts: { what: "course", id: "01939f2e-7b5a-7c4e-9a55-0d0f9d1a8a11" },
      requestId: "5b6f6d55-3a0c-4a3e-bb53-0a4ce0a4c0de",
    },
  });
