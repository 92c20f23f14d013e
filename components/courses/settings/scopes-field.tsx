"use client";

import { FieldErrors, type FormField } from "#components/forms/fields/field.tsx";
import { TextareaField } from "#components/forms/fields/text-field.tsx";
import { Disclosure } from "#components/ui/boxes/disclosure.tsx";
import { Checkbox } from "#components/ui/fields/field-controls.tsx";
import type { ServiceScope } from "#lib/operations/registrations/platform-facts.ts";

/** Which scopes the platform announced: the known ones by name, any other by its URI. */
export function ScopesField(props: {
  field: FormField;
  others: FormField;
  scopes: ServiceScope[];
}) {
  const { field, others, scopes } = props;
  const chosen = [field.initialValue].flat();
  const errors = field.errors ?? [];
  return (
    <fieldset
      className="space-y-2"
      aria-describedby={errors.length > 0 ? field.errorId : undefined}
    >
      <legend className="text-base font-semibold">Announced scopes</legend>
      <p className="text-xs text-muted">
        The scope list of the claims. Rollbook asks for no others; a missing one is shown before any
        request.
      </p>
      <ul className="grid gap-1 sm:grid-cols-2">
        {scopes.map((one, index) => (
          <li key={`${field.key}:${one.scope}`}>
            <label className="flex items-start gap-1.5" title={one.scope}>
              <Checkbox
                id={index === 0 ? field.id : undefined}
                name={field.name}
                value={one.scope}
                defaultChecked={chosen.includes(one.scope)}
              />
              <span className="text-sm">
                <code className="font-mono text-xs font-medium">{one.shortName}</code>
                <span className="block text-xs text-muted">{one.allows}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      <Disclosure summary="Other scopes" isOpen={Boolean(others.initialValue)}>
        <TextareaField
          field={others}
          label="Other scopes"
          hint="one full URI per line"
          spellCheck={false}
          isOptional
        />
      </Disclosure>
      <FieldErrors id={field.errorId} messages={errors} />
    </fieldset>
  );
}
