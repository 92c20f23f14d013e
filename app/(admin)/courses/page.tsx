import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { pageCaller } from "../../_server/caller.ts";
import { prefetchList, type SearchParams } from "../../_server/prefetch.ts";
import { registrationOptions } from "./registration-options.ts";
import { scopeOptions } from "./scope-options.ts";
import { previewOperation, startOperation } from "../operations/actions.ts";
import { ActLink } from "#components/access/act-link.tsx";
import { CourseTable } from "#components/courses/course-table.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";

export const metadata: Metadata = { title: "Courses" };

export default async function CoursesPage(props: { searchParams: SearchParams }) {
  const caller = await pageCaller("/courses");
  const list = await prefetchList(caller, reads.courses, props.searchParams);
  return (
    <>
      <PageHeader
        title="Courses"
        description="Each context that an LMS connected, with its roster and its scores."
        actions={
          <ActLink href="/courses/new" look="primary">
            <Plus aria-hidden /> Add a course
          </ActLink>
        }
      />
      <Prefetched reads={[list]}>
        <CourseTable
          registrations={await registrationOptions(caller)}
          scopes={scopeOptions()}
          bulk={{ preview: previewOperation, start: startOperation }}
        />
      </Prefetched>
    </>
  );
}
