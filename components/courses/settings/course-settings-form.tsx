"use client";

import { ChoiceField } from "#components/forms/fields/choice-field.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { SwitchField } from "#components/forms/fields/switch-field.tsx";
import { VersionField } from "#components/forms/drafts/version-conflict.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import type { CourseSettings } from "#lib/operations/courses/schema.ts";

const SENDING = [
  {
    value: "on_request",
    label: "On request",
    hint: "somebody, the API or a schedule starts a grade sync",
  },
  {
    value: "as_they_come",
    label: "As they come",
    hint: "a grade sync starts within seconds of a push",
  },
];

const CONFLICTS = [
  { value: "overwrite", label: "Overwrite it", hint: "the platform's value is not looked at" },
  {
    value: "skip",
    label: "Leave it alone",
    hint: "a value that somebody set there stays; the score counts as sent",
  },
  {
    value: "ask",
    label: "Ask",
    hint: "the score waits on the grades page until somebody decides",
  },
];

const VERIFYING = [
  {
    value: "profile",
    label: "As the LMS's profile says",
    hint: "yes where the LMS may keep another value than the one it took, such as Moodle",
  },
  { value: "always", label: "Always", hint: "each column's results are read once more" },
  { value: "never", label: "Never", hint: "verify on the course's Proof tab, or by a schedule" },
];

const NOT_FULLY_GRADED = [
  {
    value: "refuse",
    label: "Do not send it",
    hint: "where the platform is known to hold a grade, the score is rejected and the grade stays",
  },
  { value: "send", label: "Send it", hint: "the platform’s grade is cleared" },
];

const LABELS = {
  sendPolicy: "When scores are sent",
  conflictPolicy: "When somebody changed a score on the platform",
  notFullyGraded: "When a score that is not fully graded would wipe a grade",
  sendUnchanged: "Send unchanged values again",
  verifyAfterSend: "Check on the platform after each grade sync",
};

const FIELDS = Object.keys(LABELS) as (keyof CourseSettings)[];

/** How a course's scores are sent. */
export function CourseSettingsForm(props: {
  action: FormAction;
  courseId: string;
  version: string;
  settings: CourseSettings;
  /** Whether the platform announced that results may be read. */
  readsResults: boolean;
}) {
  const { settings } = props;
  const { id, fields, state, submit } = usePlainForm(props.action, "course-settings", FIELDS, {
    ...settings,
    sendUnchanged: settings.sendUnchanged ? "on" : "",
  });
  return (
    <Card aria-labelledby="sending">
      <CardHeader id="sending" title="Sending scores" />
      <CardBody>
        <PlainForm id={id} state={state} submit={submit}>
          <input type="hidden" name="courseId" value={props.courseId} />
          <VersionField version={props.version} state={state} labels={LABELS} />
          <ChoiceField
            field={fields.sendPolicy}
            label="When scores are sent"
            type="radio"
            choices={SENDING}
          />
          <ChoiceField
            field={fields.conflictPolicy}
            label="When somebody changed a score on the platform"
            type="radio"
            choices={CONFLICTS}
          />
          <ChoiceField
            field={fields.verifyAfterSend}
            label={LABELS.verifyAfterSend}
            type="radio"
            choices={VERIFYING}
          />
          {!props.readsResults && (
            <Banner tone="warn">
              <p>
                This course’s launch did not announce the scope result.readonly. Leaving alone,
                asking and checking need it, because they read the platform’s values.
              </p>
            </Banner>
          )}
          <ChoiceField
            field={fields.notFullyGraded}
            label={LABELS.notFullyGraded}
            hint="On platforms that wipe the grade for such a score, as Moodle does"
            type="radio"
            choices={NOT_FULLY_GRADED}
          />
          <SwitchField
            field={fields.sendUnchanged}
            label="Send unchanged values again"
            hint="a pushed value is sent although the platform accepted the same one before"
          />
          <div className="border-t pt-4">
            <SubmitButton>Save settings</SubmitButton>
          </div>
        </PlainForm>
      </CardBody>
    </Card>
  );
}
