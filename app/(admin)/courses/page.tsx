import { Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { pageCaller } from "../../_server/caller.ts";
import { prefetchList, type SearchParams } from "../../_server/prefetch.ts";
import { registrationOptions } from "./registration-options.ts";
import { previewOperation, startOperation } from "../operations/actions.ts";
import { CourseTable } from "#components/courses/course-table.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";
import { Button } from "#components/ui/button.tsx";

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
          <Button asChild look="primary">
            <Link href="/courses/new">
              <Plus aria-hidden /> Add a course
            </Link>
          </Button>
        }
      />
      <Prefetched reads={[list]}>
        <CourseTable
          registrations={await registrationOptions(caller)}
          bulk={{ preview: previewOperation, start: startOperation }}
        />
      </Prefetched>
    </>
  );
}
