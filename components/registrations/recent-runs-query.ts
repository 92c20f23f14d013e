const RECENT_RUNS = 6;

/** What the list of a registration's latest runs asks for, on the server and in the browser. */
export function recentRunsQuery(registrationId: string): { registrationId: string; limit: number } {
  return { registrationId, limit: RECENT_RUNS };
}
