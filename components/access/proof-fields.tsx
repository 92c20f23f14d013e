import { TextField } from "#components/forms/fields/text-field.tsx";
import type { FormField } from "#components/forms/fields/field.tsx";
import { Button } from "#components/ui/buttons/button.tsx";

/** What the person types to show who they are, of what they have. */
export function ProofFields({ ways, id }: { ways: readonly string[]; id: string }) {
  const hasPassword = ways.includes("password");
  return (
    <>
      {hasPassword && (
        <TextField
          field={fieldOf(id, "password")}
          label="Your password"
          type="password"
          autoComplete="current-password"
        />
      )}
      {ways.includes("code") && (
        <TextField
          field={fieldOf(id, "code")}
          label={hasPassword ? "Or a code" : "Code"}
          hint="Of your authenticator app, or a recovery code."
          autoComplete="one-time-code"
        />
      )}
    </>
  );
}

/** In a window of its own, so that nothing here is lost. */
export function ProviderLink({ onBack }: { onBack?: () => void }) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button asChild>
        <a href="/login/single-sign-on?again=1" target="_blank" rel="opener">
          Sign in at the provider again
        </a>
      </Button>
      {onBack && <Button onClick={onBack}>I have done so</Button>}
    </div>
  );
}

/** For who has nothing to confirm it with here. */
export function SignInAnew() {
  return <p>There is nothing here that you could confirm it with: sign out, and in again.</p>;
}

function fieldOf(id: string, name: string): FormField {
  return {
    key: name,
    id: `${id}-${name}`,
    name,
    descriptionId: `${id}-${name}-description`,
    errorId: `${id}-${name}-error`,
    errors: undefined,
    initialValue: undefined,
  };
}
