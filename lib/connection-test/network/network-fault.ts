import type { NetworkFault } from "#lib/advice/index.ts";
import { causesOf } from "#lib/lti/http/transport-failure.ts";

/** The innermost coded error that made a request fail; absent where the network is not to blame. */
export function networkFaultOf(error: unknown): NetworkFault | undefined {
  const coded = causesOf(error).flatMap((link) => {
    const { code } = link as { code?: unknown };
    return typeof code === "string" && !code.startsWith("lti.")
      ? [{ code, words: link.message }]
      : [];
  });
  return coded.at(-1);
}
