import type { ReactNode } from "react";
import { PageHeader } from "#components/layout/page-header.tsx";
import { guideFor } from "#lib/platforms/index.ts";
import type { DraftView } from "#lib/operations/registrations/drafts-schema.ts";
import { WizardSteps, type WizardStep } from "./wizard-steps.tsx";

const CRUMBS = [{ label: "Registrations", href: "/registrations" }];

/** One step of the wizard: what is connected, how far it is, and what to do now. */
export function WizardPage(props: {
  step: WizardStep;
  /** Absent until a platform is chosen. */
  draft?: DraftView;
  description: ReactNode;
  children: ReactNode;
}) {
  const { draft } = props;
  const guide = draft && guideFor(draft.profile);
  const name = draft?.values.name || (guide?.profile === "other" ? undefined : guide?.name);
  return (
    <>
      <PageHeader
        title={`Connect ${name ?? "an LMS"}`}
        crumbs={CRUMBS}
        description={props.description}
      />
      <WizardSteps here={props.step} draft={draft} />
      {props.children}
    </>
  );
}
