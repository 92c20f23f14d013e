import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { PageHeader } from "#components/layout/page-header.tsx";
import { RegistrationImport } from "#components/registrations/import/registration-import.tsx";
import { addRegistrations, previewRegistrations } from "./actions.ts";

export const metadata: Metadata = { title: "Import registrations" };

export default async function ImportRegistrationsPage() {
  await pageCaller("/registrations/import");
  return (
    <>
      <PageHeader
        title="Import registrations"
        description="From the configuration of the tool that has them now. Nothing is added before you have seen what would become of each."
      />
      <RegistrationImport
        previewRegistrations={previewRegistrations}
        addRegistrations={addRegistrations}
      />
    </>
  );
}
