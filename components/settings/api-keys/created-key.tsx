import { Banner } from "#components/ui/boxes/banner.tsx";
import { CodeBlock } from "#components/ui/text/code-block.tsx";
import type { ApiKeyCreated } from "#lib/operations/operators/api-key-schema.ts";

export function CreatedKey({ created }: { created: ApiKeyCreated }) {
  return (
    <Banner tone="ok" role="status" title={`The key “${created.name}”, shown this once`}>
      <p>Keep it where the integration finds it. Only its hash is stored here.</p>
      <CodeBlock code={created.key} label="API key" />
    </Banner>
  );
}
