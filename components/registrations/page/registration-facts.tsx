import { AbsoluteTime } from "#components/live/time/time.tsx";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { CopyValue } from "#components/ui/buttons/copy-value.tsx";
import { FactList, type Fact } from "#components/ui/text/fact-list.tsx";
import type { RegistrationView } from "#lib/operations/registrations/schema.ts";
import type { PlatformGuide } from "#lib/platforms/index.ts";

const ADDRESSES = [
  { field: "issuer", label: "Issuer" },
  { field: "clientId", label: "Client ID" },
  { field: "tokenEndpoint", label: "Token endpoint" },
  { field: "authorizationEndpoint", label: "Authorization endpoint" },
  { field: "jwksUrl", label: "JWKS URL" },
] as const;

export function RegistrationFacts(props: { registration: RegistrationView; guide: PlatformGuide }) {
  const { registration, guide } = props;
  const facts: Fact[] = [
    { label: "Platform", value: guide.name, note: guide.watchFor },
    ...ADDRESSES.map(({ field, label }) => ({
      label,
      value: <CopyValue value={registration[field]} label={label} />,
      note: note(guide.fields[field]?.label, label, guide.name),
    })),
    { label: "Assertion audience", value: <Audience registration={registration} /> },
    { label: "Connected", value: <AbsoluteTime at={registration.createdAt} /> },
  ];
  return (
    <Card aria-labelledby="facts">
      <CardHeader id="facts" title="Registration" />
      <FactList facts={facts} />
    </Card>
  );
}

function note(theirs: string | undefined, ours: string, platform: string): string | undefined {
  return theirs && theirs !== ours ? `${platform} calls it ${theirs}` : undefined;
}

function Audience({ registration }: { registration: RegistrationView }) {
  switch (registration.audience) {
    case "token_endpoint":
      return "The token endpoint";
    case "issuer":
      return "The issuer";
    case "custom":
      return (
        <span className="flex flex-col">
          {registration.audienceValues.map((value) => (
            <CopyValue key={value} value={value} label="audience" />
          ))}
        </span>
      );
  }
}
