import { z } from "zod";
import { fault } from "./selection.ts";

const milliseconds = z.number().min(0);

const LIMIT_STYLES = ["429_seconds", "429_date", "429_bare", "canvas_403"] as const;

/** Faults that any route can show. */
export const transportFaults = [
  fault("delay", { ms: milliseconds, when: z.enum(["before", "after"]).default("before") }),
  fault("error_page", {
    status: z.number().int().min(400).max(599).default(500),
    title: z.string().default("Internal Server Error"),
  }),
  fault("site_pages", {}),
  fault("error_json", {
    status: z.number().int().min(400).max(599),
    body: z.unknown(),
    headers: z.record(z.string(), z.string()).default({}),
  }),
  fault("cut", { when: z.enum(["before", "after", "during"]).default("before") }),
  fault("error_after", {
    status: z.number().int().min(500).max(599).default(502),
    title: z.string().default("Bad Gateway"),
  }),
  fault("truncated_json", {}),
  fault("content_type", { contentType: z.string().default("text/html; charset=utf-8") }),
  fault("gzip", {}),
  fault("huge_body", { bytes: z.number().int().positive().default(50_000_000) }),
  fault("rate_limited", {
    as: z.enum(LIMIT_STYLES).default("429_seconds"),
    retryAfterSec: z.number().int().min(0).default(1),
  }),
  fault("throttle", {
    perSec: z.number().positive(),
    burst: z.number().int().positive().default(1),
    as: z.enum(LIMIT_STYLES).default("429_seconds"),
  }),
  fault("rate_limit_headers", {
    remaining: z.number().default(700),
    cost: z.number().default(0.1),
  }),
  fault("require_user_agent", {}),
  fault("clock_skew", { seconds: z.number() }),
  fault("redirect", {
    to: z.enum(["same_origin", "cross_origin"]).default("same_origin"),
    status: z.union([z.literal(301), z.literal(302), z.literal(307), z.literal(308)]).default(307),
  }),
  fault("strip_authorization", {}),
  fault("wrong_context", {}),
  fault("forbidden", { words: z.string().default("the tool may not use this course") }),
  fault("not_found", { words: z.string().default("no such resource") }),
] as const;
