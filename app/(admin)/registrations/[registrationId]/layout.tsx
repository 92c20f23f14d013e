import type { ReactNode } from "react";
import { pageCaller } from "../../../_server/caller.ts";
import { found } from "../../../_server/found.ts";
import { FirstPaint } from "#components/live/first-paint.tsx";
import { RegistrationHeader } from "#components/registrations/registration-header.tsx";
import { getRegistration } from "#lib/operations/registrations/registrations.ts";
import { pause, restore, resume, syncAllRosters, tryNow } from "./actions.ts";

type Props = { params: Promise<{ registrationId: string }>; children: ReactNode };

export default async function RegistrationLayout({ params, children }: Props) {
  const { registrationId } = await params;
  const path = `/registrations/${registrationId}`;
  const caller = await pageCaller(path);
  const data = await found(getRegistration(caller, { registrationId }));
  return (
    <FirstPaint reads={[{ path: `/api/v1${path}`, data }]}>
      <RegistrationHeader
        registrationId={registrationId}
        syncRosters={syncAllRosters}
        restore={restore}
        pause={pause}
        resume={resume}
        tryNow={tryNow}
      />
      {children}
    </FirstPaint>
  );
}
