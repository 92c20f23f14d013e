import type { FormState } from "#components/forms/form-state.ts";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { ErrorNotice } from "./error-notice.tsx";

/** Why an act that went to the platform came to nothing, with its words where it spoke. */
export function RefusedByPlatform({ state }: { state: FormState }) {
  if (state.status !== "error") return null;
  if (state.problem?.code.startsWith("lti."))
    return <ErrorNotice problem={state.problem} role="alert" />;
  return (
    <Banner
      tone="bad"
      role="alert"
      title={<span className="block first-letter:uppercase">{state.message}</span>}
    />
  );
}
