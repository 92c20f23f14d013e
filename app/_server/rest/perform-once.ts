import { z } from "zod";
import type { Asker } from "#lib/operations/caller.ts";
import { once } from "#lib/operations/system/once.ts";
import { validated } from "#lib/operations/validated.ts";
import type { Answer, Route, StreamedAnswer } from "./route.ts";

export const IdempotencyKey = z
  .object({
    "Idempotency-Key": z
      .string()
      .trim()
      .min(1)
      .max(255)
      .meta({ description: "the same request under the same key is done once, within seven days" }),
  })
  .partial();

/**
 * Performs a route; a POST under an idempotency key once.
 *
 * @throws InvalidInput  the key is blank or too long
 */
export async function performOnce(
  route: Route,
  caller: Asker,
  { input, request }: { input: object; request: Request },
): Promise<Answer | StreamedAnswer> {
  const key = route.method === "POST" ? readKey(request) : undefined;
  if (key === undefined) return route.perform(caller, input);
  const content = [route.method, new URL(request.url).pathname, input];
  const { asksPlatform = false, tellsSecret = false } = route;
  // No POST streams its answer.
  return once(caller, { key, content, asksPlatform, tellsSecret }, (as) =>
    route.perform(as, input).then((answer) => answer as Answer),
  );
}

function readKey(request: Request): string | undefined {
  const given = request.headers.get("idempotency-key") ?? undefined;
  return validated(IdempotencyKey, { "Idempotency-Key": given })["Idempotency-Key"];
}
