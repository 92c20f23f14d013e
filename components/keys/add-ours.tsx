import { CopyValue } from "#components/ui/buttons/copy-value.tsx";
import { CodeBlock } from "#components/ui/text/code-block.tsx";
import type { RegistrationKeys } from "#lib/operations/keys/imported-schema.ts";

/** How Rollbook's keys get into the key set of a tool. */
export function AddOurs({ keys }: { keys: RegistrationKeys }) {
  return (
    <div className="space-y-2 text-sm">
      <h3 className="font-medium">Add Rollbook’s keys to the tool’s key set</h3>
      <p className="text-muted">
        Best: let the tool answer at its JWKS URL with its own keys and those that it reads here, at
        least once an hour. Then a rotated key is there before it signs.
      </p>
      <CopyValue value={keys.ownKeySetUrl} label="Rollbook’s key set" />
      <p className="text-muted">
        Or paste these into the list <code>keys</code> of its key set, and again after each rotation
        in Settings, Keys:
      </p>
      <CodeBlock code={JSON.stringify(keys.ownKeys, null, 2)} label="Rollbook’s public keys" />
    </div>
  );
}
