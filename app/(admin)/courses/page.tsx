import { Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { pageCaller } from "../../_server/caller.ts";
import { paintList, type SearchParams } from "../../_server/read-filter.ts";
import { registrationOptions } from "./registration-options.ts";
import { previewOperation, startOperation } from "../operations/actions.ts";
import { CourseTable } from "#components/courses/course-table.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { FirstPaint } from "#components/live/first-paint.tsx";
import { Button } from "#components/ui/button.tsx";
import { listCourses } from "#lib/operations/courses/courses.ts";
import { CourseFilter } from "#lib/operations/courses/schema.ts";

export const metadata: Metadata = { title: "Courses" };

export default async function CoursesPage(props: { searchParams: SearchParams }) {
  const caller = await pageCaller("/courses");
  const reads = await paintList({
    path: "/api/v1/courses",
    schema: CourseFilter,
    searchParams: props.searchParams,
    read: (filter) => listCourses(caller, filter),
  });
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
      <FirstPaint reads={reads}>
        <CourseTable
          registrations={await registrationOptions(caller)}
          bulk={{ preview: previewOperation, start: startOperation }}
        />
      </FirstPaint>
    </>
  );
}
