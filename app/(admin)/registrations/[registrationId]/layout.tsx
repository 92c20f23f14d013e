import type { ReactNode } from "react";
import { pageCaller } from "../../../_server/caller.ts";
import { prefetch } from "../../../_server/prefetch.ts";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads, underWayOf } from "#components/live/reads.ts";
import { RegistrationHeader } from "#components/registrations/page/header/registration-header.tsx";
import { pause, restore, resume, syncAllRosters, tryNow, verifyGrades } from "./actions.ts";
import { testAndShow } from "./test/actions.ts";

type Props = { params: Promise<{ registrationId: string }>; children: ReactNode };

export default async function RegistrationLayout({ params, children }: Props) {
  const { registrationId } = await params;
  const caller = await pageCaller(`/registrations/${registrationId}`);
  const reading = [
    prefetch(caller, reads.registration({ registrationId })),
    prefetch(caller, underWayOf(registrationId)),
  ];
  return (
    <Prefetched reads={await Promise.all(reading)}>
      <RegistrationHeader
        registrationId={registrationId}
        syncRosters={syncAllRosters}
        verifyGrades={verifyGrades}
        restore={restore}
        pause={pause}
        resume={resume}
        tryNow={tryNow}
        testConnection={testAndShow}
      />
      {children}
    </Prefetched>
  );
}
