import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { ScrollRegion } from "#components/ui/boxes/scroll-region.tsx";

/** What each library calls the values of a registration. */
const ROWS = [
  ["Issuer", "url", "the key of the entry", "issuer", "platformId"],
  ["Client ID", "clientId", "client_id", "client_id", "clientId"],
  ["Token endpoint", "accesstokenEndpoint", "auth_token_url", "token_endpoint", "accessTokenUrl"],
  [
    "Authorization endpoint",
    "authenticationEndpoint",
    "auth_login_url",
    "auth_endpoint",
    "authenticationUrl",
  ],
  ["JWKS URL", "authConfig.key", "key_set_url", "jwks_uri", "jku"],
  ["Deployment IDs", "each launch", "deployment_ids", "deployment_id", "deploymentId"],
] as const;

/** Where a tool keeps what is asked beside it, by the library that it is made with. */
export function ToolValues() {
  return (
    <Card aria-labelledby="tool-values">
      <CardHeader
        id="tool-values"
        title="Where your tool has them"
        description="In its configuration, or its table of platforms; the names that common libraries use."
      />
      <CardBody>
        <ScrollRegion label="Names of the values by library" className="overflow-x-auto">
          <table className="w-full text-start text-sm">
            <thead className="text-xs text-muted">
              <tr>
                {["Here", "ltijs", "PyLTI1p3", "Ltix", "LTI-PHP"].map((name) => (
                  <th key={name} scope="col" className="py-1 pe-4 text-start font-medium">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {ROWS.map(([here, ...names]) => (
                <tr key={here} className="border-t">
                  <th scope="row" className="py-1.5 pe-4 text-start font-medium whitespace-nowrap">
                    {here}
                  </th>
                  {names.map((name, index) => (
                    <td key={index} className="py-1.5 pe-4 font-mono text-xs whitespace-nowrap">
                      {name}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </CardBody>
    </Card>
  );
}
