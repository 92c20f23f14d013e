import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { addCourse } from "../actions.ts";
import { registrationOptions } from "../registration-options.ts";
import { CourseForm } from "#components/courses/settings/course-form.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Card, CardBody } from "#components/ui/boxes/card.tsx";
import { serviceScopes } from "#lib/operations/registrations/platform-facts.ts";

export const metadata: Metadata = { title: "Add a course" };

export default async function NewCoursePage(props: {
  searchParams: Promise<{ registrationId?: string | string[] }>;
}) {
  const caller = await pageCaller("/courses/new");
  const { registrationId } = await props.searchParams;
  const registrations = await registrationOptions(caller);
  const chosen = registrations.find(({ value }) => value === registrationId) ?? only(registrations);
  return (
    <div className="max-w-3xl">
      <PageHeader
        title="Add a course"
        crumbs={[{ label: "Courses", href: "/courses" }]}
        description="The values stand in the claims of a launch from the course."
      />
      <Card aria-label="Add a course">
        <CardBody>
          <CourseForm
            action={addCourse}
            scopes={serviceScopes()}
            registrations={registrations}
            defaultValue={{
              registrationId: chosen?.value ?? "",
              scopes: serviceScopes().map(({ scope }) => scope),
            }}
            cancelHref="/courses"
          />
        </CardBody>
      </Card>
    </div>
  );
}

function only<One>(choices: One[]): One | undefined {
  return choices.length === 1 ? choices[0] : undefined;
}
