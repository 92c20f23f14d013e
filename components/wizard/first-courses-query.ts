/** The first few courses that launches brought. */
export const firstCoursesQuery = (registrationId: string) => ({ registrationId, limit: 5 });
