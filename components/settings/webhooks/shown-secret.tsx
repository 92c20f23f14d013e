import { Banner } from "#components/ui/boxes/banner.tsx";
import { CodeBlock } from "#components/ui/text/code-block.tsx";
import type { WebhookCreated } from "#lib/operations/webhooks/schema.ts";

export function ShownSecret({ of: { name, secret } }: { of: WebhookCreated }) {
  return (
    <Banner tone="ok" role="status" title={`The secret of “${name}”, shown this once`}>
      <p>The receiver verifies with it what is posted.</p>
      <CodeBlock code={secret} label="webhook secret" />
    </Banner>
  );
}
