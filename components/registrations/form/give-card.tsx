import { ToggleRight } from "lucide-react";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { CopyButton } from "#components/ui/buttons/copy-button.tsx";
import { CopyValue } from "#components/ui/buttons/copy-value.tsx";
import type { ToolAddresses } from "#lib/operations/invitations/tool-description.ts";
import { MenuPath } from "./menu-path.tsx";
import type { PlatformGuide, ToolValue } from "#lib/platforms/index.ts";

/** Our values, under the names that the LMS's own screen gives them. */
export function GiveCard({ guide, tool }: { guide: PlatformGuide; tool: ToolAddresses }) {
  const values = Object.entries(guide.give).map(([name, label]) => ({
    label,
    value: tool[name as ToolValue],
  }));
  const all = values.map(({ label, value }) => `${label}: ${value}`).join("\n");
  return (
    <Card aria-labelledby="give">
      <CardHeader
        id="give"
        title={`Give these to ${guide.profile === "other" ? "the LMS" : guide.name}`}
        actions={
          <CopyButton text={all} label="Copy all">
            Copy all
          </CopyButton>
        }
      />
      <CardBody className="space-y-4">
        <MenuPath steps={guide.menuPath} />
        <dl className="space-y-3">
          {values.map(({ label, value }) => (
            <div key={label}>
              <dt className="text-xs text-muted first-letter:uppercase">{label}</dt>
              <dd>
                <CopyValue value={value} label={label} />
              </dd>
            </div>
          ))}
        </dl>
        <Switches switches={guide.switches} />
        {guide.watchFor && <Banner tone="active">{guide.watchFor}</Banner>}
      </CardBody>
    </Card>
  );
}

function Switches({ switches }: { switches: readonly string[] }) {
  return (
    <div>
      <h3 className="text-xs text-muted">Switch on</h3>
      <ul className="mt-1 space-y-1 text-sm">
        {switches.map((name) => (
          <li key={name} className="flex gap-2">
            <ToggleRight aria-hidden className="mt-0.5 size-4 shrink-0 text-ok" />
            {name}
          </li>
        ))}
      </ul>
    </div>
  );
}
