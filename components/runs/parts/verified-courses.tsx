"use client";

import { reads } from "#components/live/reads.ts";
import { ReadState } from "#components/live/read-state.tsx";
import { RelativeTime } from "#components/live/time/time.tsx";
import { useRead } from "#components/live/use-read.ts";
import { FactList } from "#components/ui/text/fact-list.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { formatCount } from "#lib/format.ts";
import type { RunDetail } from "#lib/operations/runs/schema.ts";

/** What the verified course holds now; of a whole registration, where each course says so. */
export function VerifiedCourses({ run }: { run: RunDetail }) {
  if (run.courseId !== null) return <CourseFindings courseId={run.courseId} />;
  return (
    <p className="max-w-prose text-sm">
      What the platform holds of a course’s scores stands on the course’s page Proof.{" "}
      <TextLink href={`/courses?registrationId=${run.registrationId}`}>
        Courses of this registration
      </TextLink>
    </p>
  );
}

function CourseFindings({ courseId }: { courseId: string }) {
  const read = useRead(reads.courseProof({ courseId }));
  return (
    <ReadState of={read}>
      {(proof) => (
        <div className="space-y-3">
          <p className="text-sm">
            What the course’s columns hold now, last read <RelativeTime at={proof.provedAt} />.{" "}
            <TextLink href={`/courses/${courseId}/proof`}>Each difference, and what to do</TextLink>
          </p>
          <FactList
            facts={[
              { label: "Proven", value: formatCount(proof.proven) },
              { label: "Differ", value: formatCount(proof.differs) },
              { label: "Missing", value: formatCount(proof.missing) },
              { label: "Not readable", value: formatCount(proof.unreadable) },
              { label: "Sent by nobody here", value: formatCount(proof.notOurs) },
              { label: "Sent and not verified since", value: formatCount(proof.unproven) },
            ]}
          />
        </div>
      )}
    </ReadState>
  );
}
