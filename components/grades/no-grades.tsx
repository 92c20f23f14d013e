import { Banner } from "#components/ui/boxes/banner.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";

export function NoGrades({ courseId }: { courseId: string }) {
  return (
    <Banner tone="idle" title="This LMS did not offer assignments and grades here">
      <p>
        Its administrator switches the service on for the tool; then add its address under{" "}
        <TextLink href={`/courses/${courseId}/settings`}>Settings</TextLink>. Until then no score
        can be sent.
      </p>
    </Banner>
  );
}
