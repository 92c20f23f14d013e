import { ChevronRight, ToggleRight } from "lucide-react";
import { Banner } from "#components/ui/banner.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { CopyValue } from "#components/ui/copy-value.tsx";
import type { PlatformGuide } from "./platforms/index.ts";

export type ToolAddresses = { keysetUrl: string; toolUrl: string };

/** Our values, under the names that the LMS's own screen gives them. */
export function GiveCard({ guide, tool }: { guide: PlatformGuide; tool: ToolAddresses }) {
  const values = [
    { label: guide.give.keysetUrl, value: tool.keysetUrl },
    { label: guide.give.toolUrl, value: tool.toolUrl },
  ];
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
        {guide.menuPath.length > 0 && <MenuPath steps={guide.menuPath} />}
        <dl className="space-y-3">
          {values.map(({ label, value }) => (
            <div key={label}>
              <dt className="text-xs text-muted">{label}</dt>
              <dd>
                <CopyValue value={value} label={label} />
              </dd>
            </div>
          ))}
        </dl>
        <p className="text-xs text-muted">
          Login URL and {guide.give.redirectUrl}: your tool’s own. Rosters and grades need neither.
        </p>
        <Switches switches={guide.switches} />
        {guide.watchFor && <Banner tone="active">{guide.watchFor}</Banner>}
      </CardBody>
    </Card>
  );
}

function MenuPath({ steps }: { steps: string[] }) {
  return (
    <div>
      <h3 className="text-xs text-muted">Where</h3>
      <ol className="flex flex-wrap items-center gap-x-1 text-sm font-medium">
        {steps.map((step, index) => (
          <li key={step} className="flex items-center gap-1">
            {index > 0 && <ChevronRight aria-hidden className="size-3.5 text-faint" />}
            {step}
          </li>
        ))}
      </ol>
    </div>
  );
}

function Switches({ switches }: { switches: string[] }) {
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
