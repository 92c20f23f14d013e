export const DRAFTS_PATH = "/api/v1/registration-drafts";
