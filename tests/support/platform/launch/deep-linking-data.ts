/** What a deep linking request hands the tool, to come back to the letter. */
export function deepLinkingData(clientId: string, contextId = ""): string {
  return `for ${clientId} in ${contextId}`;
}

/** The context of such data; undefined where it is not this client's. */
export function contextOfDeepLinking(data: unknown, clientId: string): string | undefined {
  const start = deepLinkingData(clientId);
  return typeof data === "string" && data.startsWith(start) ? data.slice(start.length) : undefined;
}
