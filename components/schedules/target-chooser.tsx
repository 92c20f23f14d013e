import { Search } from "lucide-react";
import { Button } from "#components/ui/buttons/button.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { Input, Label, Select } from "#components/ui/fields/field-controls.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";

export type Choice = { id: string; name: string; note?: string };

/** What a new schedule is of: forms by GET and links, so that it needs no JavaScript. */
export function TargetChooser(props: { registrations: Choice[]; q: string; courses: Choice[] }) {
  const { registrations, q, courses } = props;
  return (
    <div className="grid max-w-4xl gap-5 md:grid-cols-2">
      <Card aria-labelledby="of-registration">
        <CardHeader id="of-registration" title="For all courses of a registration" />
        <CardBody>
          <form method="get" className="space-y-3">
            <Label htmlFor="registration">Registration</Label>
            <Select id="registration" name="registrationId" required>
              {registrations.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
            <Button type="submit" look="primary" disabled={registrations.length === 0}>
              Continue
            </Button>
          </form>
        </CardBody>
      </Card>
      <Card aria-labelledby="of-course">
        <CardHeader id="of-course" title="For one course" />
        <CardBody>
          <form method="get" role="search" className="flex gap-2">
            <Input
              type="search"
              name="q"
              aria-label="Search courses"
              placeholder="Title, label or context ID"
              defaultValue={q}
            />
            <Button type="submit">
              <Search aria-hidden /> Find
            </Button>
          </form>
          <Courses q={q} courses={courses} />
        </CardBody>
      </Card>
    </div>
  );
}

function Courses({ q, courses }: { q: string; courses: Choice[] }) {
  if (courses.length === 0)
    return (
      <p className="mt-3 text-sm text-muted">
        {q ? `No course matches “${q}”.` : "No courses yet."}
      </p>
    );
  return (
    <ul className="mt-3 divide-y text-sm">
      {courses.map(({ id, name, note }) => (
        <li key={id} className="py-1.5">
          <TextLink prefetch={false} href={`/schedules/new?courseId=${id}`}>
            {name}
          </TextLink>{" "}
          <span className="text-muted">{note}</span>
        </li>
      ))}
    </ul>
  );
}
