import { Badge } from "#components/ui/text/badge.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { Disclosure } from "#components/ui/boxes/disclosure.tsx";
import { FactList } from "#components/ui/text/fact-list.tsx";
import { formatCount } from "#lib/format.ts";
import type { PlatformLimits } from "#lib/operations/registrations/platform-facts.ts";
import type { ProfileOverrides } from "#lib/platforms/profile.ts";

const WORDS: Record<keyof ProfileOverrides, string> = {
  pageLimit: "Members per page",
  scoreConcurrency: "Scores at once",
  timestampStepMs: "Timestamp step",
  assertionBackdateS: "Assertions backdated by",
  wipesUnlessFullyGraded: "Wipes the grade unless fully graded",
  makesSubmissions: "Takes Canvas’s submission extension",
  newSubmission: "Each score is a new attempt",
};

const UNITS: Partial<Record<keyof ProfileOverrides, string>> = {
  timestampStepMs: " ms",
  assertionBackdateS: " s",
};

/** What holds for this platform, and what was set here instead. */
export function LimitsCard(props: { limits: PlatformLimits; overrides: ProfileOverrides }) {
  const { limits, overrides } = props;
  const names = Object.keys(WORDS) as (keyof ProfileOverrides)[];
  return (
    <Card aria-labelledby="limits">
      <CardHeader id="limits" title="Platform profile" />
      <FactList
        facts={names.map((name) => ({
          label: WORDS[name],
          value: (
            <span className="flex items-center gap-2">
              {valueWords(name, limits[name])}
              {overrides[name] !== undefined && <Badge>set here</Badge>}
            </span>
          ),
        }))}
      />
      {limits.notes.length > 0 && (
        <CardBody className="border-t">
          <Disclosure summary="What to know about it">
            <ul className="list-disc space-y-1 ps-5 text-sm text-muted">
              {limits.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </Disclosure>
        </CardBody>
      )}
    </Card>
  );
}

function valueWords(name: keyof ProfileOverrides, value: number | boolean): string {
  if (typeof value === "boolean") return value ? "Yes" : "No";
  return `${formatCount(value)}${UNITS[name] ?? ""}`;
}
