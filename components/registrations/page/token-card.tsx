import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { FactList } from "#components/ui/text/fact-list.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import type { RegistrationView } from "#lib/operations/registrations/schema.ts";
import { TokenExpiry } from "#components/registrations/token-expiry.tsx";

const STATE_NOTES: Record<RegistrationView["tokenState"], string> = {
  none: "One is requested when the first run needs it.",
  valid: "Every course and run of this registration shares it.",
  expiring: "It is replaced before the next call.",
  expired: "The next run requests a new one.",
  evicted: "It was dropped; the next run requests a new one.",
  refused: "The platform turned the last request down; its words are on the token page.",
};

/** The shared access token in two lines; all about it is on its own page. */
export function TokenCard({ registration }: { registration: RegistrationView }) {
  return (
    <Card aria-labelledby="token">
      <CardHeader
        id="token"
        title="Access token"
        actions={
          <TextLink href={`/registrations/${registration.id}/token`} className="text-sm">
            Token details
          </TextLink>
        }
      />
      <FactList
        facts={[
          {
            label: "Expires",
            value: <TokenExpiry registration={registration} />,
            note: STATE_NOTES[registration.tokenState],
          },
        ]}
      />
    </Card>
  );
}
