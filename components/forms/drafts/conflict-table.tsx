import { Banner } from "#components/ui/boxes/banner.tsx";
import type { FormState } from "../form-state.ts";

export type ConflictProps = {
  current: Values;
  state: FormState;
  labels: Record<string, string>;
  read?: (typed: Values) => Values;
};

type Values = Record<string, unknown>;

/** What is stored now beside what was typed. */
export function ConflictTable(props: ConflictProps) {
  const submitted = (props.state.submission?.initialValue ?? {}) as Values;
  const typed = props.read ? props.read(submitted) : submitted;
  const differing = Object.entries(props.labels).filter(
    ([name]) => textOf(props.current[name]) !== textOf(typed[name]),
  );
  return (
    <Banner tone="warn" title="Somebody saved this while you were editing">
      <p>Yours is not saved. Saving again replaces what is stored now.</p>
      <div className="mt-2 overflow-x-auto">
        <table className="w-full text-left text-sm">
          <thead>
            <tr>
              {["Field", "Stored now", "Yours"].map((title) => (
                <th key={title} scope="col" className="py-1 pr-4 font-medium">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {differing.map(([name, label]) => (
              <tr key={name} className="border-t align-top">
                <th scope="row" className="py-1 pr-4 font-normal">
                  {label}
                </th>
                <td className="py-1 pr-4 break-all">{textOf(props.current[name]) || "(empty)"}</td>
                <td className="py-1 break-all">{textOf(typed[name]) || "(empty)"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Banner>
  );
}

/** As a form has it: nothing for nothing, and a ticked box is on. */
function textOf(value: unknown): string {
  if (value === null || value === undefined || value === false) return "";
  if (value === true) return "on";
  if (Array.isArray(value)) return value.map(textOf).sort().join(", ");
  if (typeof value !== "object") return String(value as string | number);
  return Object.entries(value)
    .filter(([, part]) => textOf(part) !== "")
    .map(([name, part]) => `${name}: ${textOf(part)}`)
    .join(", ");
}
