import type { Metadata } from "next";
import { pageCaller } from "../../../../_server/caller.ts";
import { prefetchList, type SearchParams } from "../../../../_server/prefetch.ts";
import { CourseTable } from "#components/courses/course-table.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";
import { scopeOptions } from "../../../courses/scope-options.ts";

export const metadata: Metadata = { title: "Courses of a registration" };

export default async function RegistrationCoursesPage(props: {
  params: Promise<{ registrationId: string }>;
  searchParams: SearchParams;
}) {
  const { registrationId } = await props.params;
  const caller = await pageCaller(`/registrations/${registrationId}/courses`);
  const list = await prefetchList(caller, reads.courses, props.searchParams, { registrationId });
  return (
    <Prefetched reads={[list]}>
      <CourseTable scopes={scopeOptions()} fixed={{ registrationId }} />
    </Prefetched>
  );
}
