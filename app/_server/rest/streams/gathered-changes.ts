import type { Change } from "#lib/db/changes.ts";

/** As the browser reads it. */
export type GatheredChange = {
  runIds: string[];
  registrationIds: string[];
  courseIds: string[];
  operationIds: string[];
};

/** Collects changes, each object once; `take` gives what came since, or null. */
export function gatherChanges() {
  const runs = new Set<string>();
  const registrations = new Set<string>();
  const courses = new Set<string>();
  const operations = new Set<string>();
  return {
    add({ runId, registrationId, courseId, operationId }: Change): void {
      if (runId) runs.add(runId);
      if (registrationId) registrations.add(registrationId);
      if (courseId) courses.add(courseId);
      if (operationId) operations.add(operationId);
    },
    take(): GatheredChange | null {
      const all = [runs, registrations, courses, operations];
      if (all.every(({ size }) => size === 0)) return null;
      const taken = {
        runIds: [...runs],
        registrationIds: [...registrations],
        courseIds: [...courses],
        operationIds: [...operations],
      };
      for (const set of all) set.clear();
      return taken;
    },
  };
}
