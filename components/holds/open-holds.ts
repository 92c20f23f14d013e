/** As the navigation counts holds, and as its first paint must ask. */
export const OPEN_HOLDS = { path: "/api/v1/holds", query: { limit: 1 } } as const;
