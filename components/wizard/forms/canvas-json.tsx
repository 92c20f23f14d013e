import { MenuPath } from "#components/registrations/form/menu-path.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { CodeBlock } from "#components/ui/text/code-block.tsx";
import { CopyValue } from "#components/ui/buttons/copy-value.tsx";

/** The configuration that Canvas's LTI key page takes in one piece, and what it asks beside it. */
export function CanvasJson(props: {
  menuPath: readonly string[];
  configuration: object;
  redirectUri: string;
}) {
  return (
    <Card aria-labelledby="give">
      <CardHeader id="give" title="Paste this into Canvas" />
      <CardBody className="space-y-4">
        <MenuPath steps={props.menuPath} />
        <ol className="list-decimal space-y-2 ps-5 text-sm marker:text-muted">
          <li>
            Under Key Settings give it a name, and these Redirect URIs:
            <div>
              <CopyValue value={props.redirectUri} label="Redirect URIs" />
            </div>
          </li>
          <li>
            Under Configure choose <b>Method: Paste JSON</b>, and paste this into{" "}
            <b>LTI 1.3 Configuration</b>:
          </li>
        </ol>
        <CodeBlock
          code={JSON.stringify(props.configuration, null, 2)}
          label="the JSON configuration"
        />
        <ol start={3} className="list-decimal space-y-2 ps-5 text-sm marker:text-muted">
          <li>
            Save, and set the key’s State to On: its Client ID is the long number under Details.
          </li>
          <li>
            In Settings, Apps, View App Configurations choose + App, Configuration Type: By Client
            ID. The app’s gear menu then shows its Deployment Id.
          </li>
        </ol>
      </CardBody>
    </Card>
  );
}
