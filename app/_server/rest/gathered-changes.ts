import type { Change } from "#lib/db/changes.ts";

/** As the browser reads it. */
export type ToldChange = { runIds: string[]; registrationIds: string[]; courseIds: string[] };

/** Collects changes, each object once; `take` gives what came since, or null. */
export function gatherChanges() {
  const runs = new Set<string>();
  const registrations = new Set<string>();
  const courses = new Set<string>();
  return {
    add({ runId, registrationId, courseId }: Change): void {
      if (runId) runs.add(runId);
      if (registrationId) registrations.add(registrationId);
      if (courseId) courses.add(courseId);
    },
    take(): ToldChange | null {
      if (runs.size + registrations.size + courses.size === 0) return null;
      const told = {
        runIds: [...runs],
        registrationIds: [...registrations],
        courseIds: [...courses],
      };
      for (const set of [runs, registrations, courses]) set.clear();
      return told;
    },
  };
}
