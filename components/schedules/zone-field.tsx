"use client";

import { useEffect, useRef } from "react";
import { describedBy, Field, type FormField } from "#components/forms/fields/field.tsx";
import { Select } from "#components/ui/fields/field-controls.tsx";

/**
 * The zone in whose clock the times of a schedule are meant, by continent.
 *
 * @param isReaders  choose the browser's own zone, unless the form brought another back
 */
export function ZoneField(props: { field: FormField; zones: string[]; isReaders?: boolean }) {
  const { field, zones, isReaders } = props;
  const hint = "times stay the same by its clock when summer time begins or ends";
  const chosen = typeof field.initialValue === "string" ? field.initialValue : "UTC";
  const select = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!isReaders || !select.current || !zones.includes(own)) return;
    select.current.value = own;
    select.current.dispatchEvent(new Event("change", { bubbles: true }));
  }, [isReaders, zones]);
  return (
    <Field field={field} label="Time zone" hint={hint}>
      <Select
        ref={select}
        key={`${field.key}:${chosen}`}
        id={field.id}
        name={field.name}
        defaultValue={chosen}
        required
        aria-invalid={field.errors?.length ? true : undefined}
        aria-describedby={describedBy(field, hint)}
      >
        {byContinent(zones).map(([continent, names]) => (
          <optgroup key={continent} label={continent}>
            {names.map((zone) => (
              <option key={zone} value={zone}>
                {zone.replaceAll("_", " ")}
              </option>
            ))}
          </optgroup>
        ))}
      </Select>
    </Field>
  );
}

function byContinent(zones: readonly string[]): [string, string[]][] {
  const groups = new Map<string, string[]>();
  for (const zone of [...zones].sort()) {
    const continent = zone.includes("/") ? zone.split("/")[0]! : "Without a place";
    groups.set(continent, [...(groups.get(continent) ?? []), zone]);
  }
  return [...groups];
}
