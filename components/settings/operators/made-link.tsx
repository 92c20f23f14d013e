import { AbsoluteTime } from "#components/live/time/time.tsx";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { CodeBlock } from "#components/ui/text/code-block.tsx";
import type { PasswordLink } from "#lib/operations/passwords/link-schema.ts";

/** A link that is shown this once. */
export function MadeLink({ link }: { link: PasswordLink }) {
  const { operator, url, expiresAt } = link;
  return (
    <Banner tone="ok" role="status" title={`A link for ${operator.name}, shown this once`}>
      <p>
        Hand it to {operator.email} alone: whoever has it chooses the password. It is good once,
        until <AbsoluteTime at={expiresAt} />.
      </p>
      <CodeBlock code={url} label="link" />
    </Banner>
  );
}
