/** A draft's invitation is among the latest. */
export const INVITATIONS_QUERY = { limit: 200 };
export const INVITATIONS_PATH = "/api/v1/invitations";
