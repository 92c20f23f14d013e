import type { FormState } from "#components/forms/form-state.ts";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { MenuPath } from "#components/registrations/form/menu-path.tsx";
import type { PlatformGuide } from "#lib/platforms/index.ts";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { CodeBlock } from "#components/ui/text/code-block.tsx";
import type { InvitationView } from "#lib/operations/invitations/schema.ts";

const SECOND_LOOK = { look: "secondary", size: "sm" } as const;

const SHOWN_ONCE = "The link was shown where it was made. A new one takes its place.";

const WORDS: Record<InvitationView["state"] | "none", string> = {
  none: "One link, good for one registration within seven days.",
  open: SHOWN_ONCE,
  opened: SHOWN_ONCE,
  used: "The link was used: what it registered is here.",
  expired: "The link has expired.",
  revoked: "The link was revoked.",
};

/** The link to paste into the LMS, where it goes there, and what is left to do after it. */
export function InvitationLink(props: {
  draftId: string;
  lms: string;
  dynamic: PlatformGuide["dynamic"];
  url?: string;
  /** Of the link made last: absent before the first. */
  linkState?: InvitationView["state"];
  submit: (form: FormData) => void;
  state: FormState<unknown>;
}) {
  const { lms, dynamic, url, linkState } = props;
  const isOpen = linkState === "open" || linkState === "opened";
  const look = linkState === undefined ? ({ look: "primary" } as const) : SECOND_LOOK;
  return (
    <Card aria-labelledby="give">
      <CardHeader id="give" title={`Give this to ${lms}`} />
      <CardBody className="space-y-4">
        {dynamic && <MenuPath steps={dynamic.menuPath} />}
        <div>
          <h3 className="text-xs text-muted first-letter:uppercase">
            {dynamic?.field ?? "Registration link"}
          </h3>
          {url && isOpen ? (
            <CodeBlock code={url} label="the registration link" />
          ) : (
            <p className="text-sm">{WORDS[linkState ?? "none"]}</p>
          )}
        </div>
        <form action={props.submit} className="space-y-2">
          <input type="hidden" name="draftId" value={props.draftId} />
          <SubmitButton {...look}>
            {isOpen
              ? "Make a new link, revoke this one"
              : linkState
                ? "Make another link"
                : "Make the link"}
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
