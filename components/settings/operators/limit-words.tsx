import type { Option } from "#components/forms/fields/select-field.tsx";
import { plural } from "#lib/format.ts";

/** To which registrations a person or a key is limited, where it is. */
export function LimitWords(props: { registrationIds: string[]; registrations: Option[] }) {
  const { registrationIds } = props;
  if (registrationIds.length === 0) return null;
  const names = registrationIds.map(
    (id) => props.registrations.find(({ value }) => value === id)?.label,
  );
  return (
    <span className="block text-xs text-muted">
      {names.length > 2 || names.includes(undefined)
        ? `in ${plural(names.length, "registration")}`
        : `in ${names.join(" and ")}`}
    </span>
  );
}
