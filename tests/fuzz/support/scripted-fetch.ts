import { isLtiError } from "#lib/lti/index.ts";
import type { Fetch, LtiError } from "#lib/lti/index.ts";
import type { ScriptedReply } from "./arbitraries.ts";

export const LMS = "https://lms.example.edu";

/** Most requests that one call of the library may lead to; more is a walk without end. */
const MOST_REQUESTS = 200;

/**
 * A fetch that answers from a script, over and over, and fails the case when the library sends
 * anything to another origin than the platform's, or does not stop asking.
 */
export function scriptedFetch(script: readonly ScriptedReply[]): { fetch: Fetch; urls: string[] } {
  const urls: string[] = [];
  const fetch: Fetch = (url) => {
    if (new URL(url).origin !== LMS) throw new LeftTheOrigin(url);
    if (urls.push(url) > MOST_REQUESTS) throw new NeverEnds();
    const reply = script[(urls.length - 1) % script.length] as ScriptedReply;
    return Promise.resolve({
      status: reply.status,
      headers: { get: (name) => reply.headers[name] ?? null },
      body: chunksOf(reply),
    });
  };
  return { fetch, urls };
}

/** Breaks out of the library, which would take an ordinary error for a broken connection. */
export class LeftTheOrigin extends Error {}
export class NeverEnds extends Error {}

async function* chunksOf({ body, tornAt, isCut }: ScriptedReply): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(body);
  const at = tornAt % (bytes.length + 1);
  yield bytes.subarray(0, at);
  if (isCut) throw new Error("socket hang up");
  yield bytes.subarray(at);
}

export type Outcome<Value> = { value: Value } | { error: LtiError };

/** What a call came to: a value or a typed error; anything else fails the case. */
export async function outcomeOf<Value>(act: () => Promise<Value>): Promise<Outcome<Value>> {
  try {
    return { value: await act() };
  } catch (error) {
    for (let link: unknown = error; link instanceof Error; link = link.cause) {
      if (link instanceof LeftTheOrigin || link instanceof NeverEnds) throw link;
    }
    if (isLtiError(error)) return { error };
    throw error;
  }
}
