import { CodeBlock } from "#components/ui/text/code-block.tsx";
import { CopyValue } from "#components/ui/buttons/copy-value.tsx";
import { Disclosure } from "#components/ui/boxes/disclosure.tsx";
import { FactList } from "#components/ui/text/fact-list.tsx";
import { StateBadge } from "#components/states/state-badge.tsx";
import { TEST_STEP_STATES } from "#components/states/tables/registrations.ts";
import { formatCount, UNKNOWN } from "#lib/format.ts";
import type { TestStep } from "#lib/operations/connection-tests/schema.ts";

const OWNERS: Record<TestStep["owner"], string> = {
  nobody: "Nobody has to act",
  operator: "You act, on the Rollbook side",
  rollbook: "Whoever runs Rollbook acts",
  platform_admin: "The LMS administrator acts",
  instructor: "The instructor acts",
  platform_vendor: "The LMS vendor acts",
  tool_developer: "Whoever runs the tool acts",
};

/** The steps of a connection test in order, each with what was said on the wire. */
export function TestSteps({ steps }: { steps: TestStep[] }) {
  return (
    <ol className="divide-y">
      {steps.map((step) => (
        <li key={step.key} className="space-y-2 px-4 py-3">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <StateBadge of={TEST_STEP_STATES} state={step.state} />
            <h3 className="text-sm font-semibold">{step.title}</h3>
            <span className="ms-auto text-xs text-muted tabular-nums">
              {step.durationMs === null ? UNKNOWN : `${formatCount(step.durationMs)} ms`}
            </span>
          </div>
          <p className="text-sm">{step.summary}</p>
          {step.verbatim && (
            <Verbatim
              label={
                step.verbatim.startsWith("HTTP") ? "the platform’s words" : "the network’s words"
              }
              text={step.verbatim}
            />
          )}
          <StepAdvice step={step} />
          <StepDetails step={step} />
        </li>
      ))}
    </ol>
  );
}

function StepAdvice({ step }: { step: TestStep }) {
  if (!step.cause && !step.fix) return null;
  return (
    <div className="space-y-1 text-sm break-words">
      {step.cause && (
        <p className="text-muted">
          {step.state === "failed" && "Likely: "}
          {step.cause}
        </p>
      )}
      {step.fix && (
        <p>
          <span className="font-medium">{OWNERS[step.owner]}:</span> <Fix text={step.fix} />
        </p>
      )}
    </div>
  );
}

const COMMAND = /(curl -fsS \S+[^\s.])/;

/** What to do; a command in it can be copied. */
function Fix({ text }: { text: string }) {
  return text
    .split(COMMAND)
    .map((part) =>
      COMMAND.test(part) ? <CopyValue key={part} value={part} label="command" /> : part,
    );
}

function StepDetails({ step }: { step: TestStep }) {
  const { exchange, facts } = step;
  if (!exchange && facts.length === 0) return null;
  return (
    <Disclosure summary={exchange ? "What was said" : "What was found"}>
      <div className="space-y-3">
        {facts.length > 0 && (
          <FactList
            facts={facts.map(({ label, value }) => ({
              label,
              value: <span className="break-words whitespace-pre-line">{value}</span>,
            }))}
            className="rounded-md border"
          />
        )}
        {exchange && <Verbatim label="our request" text={exchange.request} />}
        {exchange?.response && <Verbatim label="its reply" text={exchange.response} />}
      </div>
    </Disclosure>
  );
}

function Verbatim({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <h4 className="pb-1 text-xs text-muted first-letter:uppercase">{label}</h4>
      <CodeBlock code={text} label={label} />
    </div>
  );
}
