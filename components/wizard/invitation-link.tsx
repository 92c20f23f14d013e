import type { FormState } from "#components/forms/form-state.ts";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { MenuPath } from "#components/registrations/menu-path.tsx";
import type { PlatformGuide } from "#components/registrations/platforms/index.ts";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";

/** The link to paste into the LMS, where it goes there, and what is left to do after it. */
export function InvitationLink(props: {
  draftId: string;
  lms: string;
  dynamic: PlatformGuide["dynamic"];
  url?: string;
  /** A link was made and may still be good. */
  isOpen: boolean;
  submit: (form: FormData) => void;
  state: FormState<unknown>;
}) {
  const { lms, dynamic, url, isOpen } = props;
  return (
    <Card aria-labelledby="give">
      <CardHeader id="give" title={`Give this to ${lms}`} />
      <CardBody className="space-y-4">
        {dynamic && <MenuPath steps={dynamic.menuPath} />}
        <div>
          <h3 className="text-xs text-muted">{dynamic?.field ?? "Registration link"}</h3>
          {url && isOpen ? (
            <CodeBlock code={url} label="the registration link" />
          ) : (
            <p className="text-sm">
              {isOpen
                ? "The link was shown where it was made. A new one takes its place."
                : "One link, good for one registration within seven days."}
            </p>
          )}
        </div>
        <form action={props.submit} className="space-y-2">
          <input type="hidden" name="draftId" value={props.draftId} />
          <SubmitButton look={isOpen ? "secondary" : "primary"} size={isOpen ? "sm" : "md"}>
            {isOpen ? "Make a new link, revoke this one" : "Make the link"}
          </SubmitButton>
          {props.state.status === "error" && (
            <p role="alert" className="text-xs text-bad first-letter:uppercase">
              {props.state.message}
            </p>
          )}
        </form>
        {dynamic && dynamic.then.length > 0 && (
          <div>
            <h3 className="text-xs text-muted">Then</h3>
            <ul className="mt-1 list-disc space-y-1 ps-5 text-sm">
              {dynamic.then.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ul>
          </div>
        )}
      </CardBody>
    </Card>
  );
}
