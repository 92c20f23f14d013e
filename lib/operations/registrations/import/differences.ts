import type { Db } from "#lib/db/client.ts";
import type { RegistrationInput } from "../schema.ts";
import type { ImportDifference } from "./schema.ts";

/** The registration of an issuer and client ID, with what a file may have otherwise. */
export async function registrationNamed(
  db: Db,
  { issuer, clientId }: Pick<RegistrationInput, "issuer" | "clientId">,
) {
  return db.prisma.registration.findUnique({
    where: { issuer_clientId: { issuer, clientId } },
    select: {
      id: true,
      tokenEndpoint: true,
      authorizationEndpoint: true,
      jwksUrl: true,
      audience: true,
      audienceValues: true,
      deployments: { select: { deploymentId: true } },
    },
  });
}

type Known = NonNullable<Awaited<ReturnType<typeof registrationNamed>>>;

/** What the file says, and the registration does not. What a file leaves out is no difference. */
export function differencesTo(known: Known, input: RegistrationInput): ImportDifference[] {
  const addresses = (["tokenEndpoint", "authorizationEndpoint", "jwksUrl"] as const)
    .filter((field) => known[field] !== input[field])
    .map((field) => ({ field, here: known[field], file: input[field] }));
  const here = known.audience === "custom" ? known.audienceValues.join(" ") : known.audience;
  const file = input.audienceValues.join(" ");
  const deployments = known.deployments.map(({ deploymentId }) => deploymentId);
  const unknown = input.deploymentIds.filter((id) => !deployments.includes(id));
  return [
    ...addresses,
    ...(input.audience === "custom" && here !== file
      ? [{ field: "audience" as const, here, file }]
      : []),
    ...(unknown.length > 0
      ? [
          {
            field: "deploymentIds" as const,
            here: deployments.sort().join(" ") || "none",
            file: unknown.join(" "),
          },
        ]
      : []),
  ];
}
