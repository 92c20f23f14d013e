import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { CodeBlock } from "#components/ui/text/code-block.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";

/** The line by which a tool reports its launches: what to paste into its launch handler. */
export function ToolLaunches(props: { publicUrl: string; registrationId: string }) {
  const address = `${props.publicUrl}/api/v1/registrations/${props.registrationId}/launches`;
  const code = `await fetch("${address}", {
  method: "POST",
  headers: {
    authorization: \`Bearer \${process.env.ROLLBOOK_API_KEY}\`,
    "content-type": "application/json",
  },
  body: JSON.stringify({ idToken }), // the id_token that the LMS posted
});`;
  return (
    <Card aria-labelledby="tool-launches" className="mb-5">
      <CardHeader
        id="tool-launches"
        title="Paste this into your tool’s launch handler"
        description="After it has checked the launch. It brings the course, its services and its column; sent late or twice it does no harm."
      />
      <CardBody className="space-y-3 text-sm">
        <CodeBlock code={code} label="the line for the launch handler" />
        <p className="text-muted">
          <code>ROLLBOOK_API_KEY</code> is a key with the right to change registrations, made in{" "}
          <TextLink href="/settings">Settings</TextLink>. Then open the tool once from a course.
        </p>
      </CardBody>
    </Card>
  );
}
