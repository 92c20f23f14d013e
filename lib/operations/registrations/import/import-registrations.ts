import { isCodedError } from "#lib/errors.ts";
import type { Asker, Caller } from "../../caller.ts";
import { Conflict, InvalidInput } from "../../errors.ts";
import { permit } from "../../permit.ts";
import { validated } from "../../validated.ts";
import { createRegistration } from "../registrations.ts";
import { RegistrationInput } from "../schema.ts";
import { type ReadPlatform, readPlatforms } from "./formats.ts";
import { ImportInput, type ImportResult, type ImportRow } from "./schema.ts";

/** Reads a file of another tool's registrations and says what would become of each. */
export async function previewImport(asker: Asker, input: ImportInput): Promise<ImportResult> {
  const caller = await permit(asker, "registrations:write", "everywhere");
  return each(input, (platform, seen) => judged(caller, platform, seen));
}

/**
 * Adds what a file has and is not known, each by itself: one that is refused keeps none from being
 * added. What is known is not changed, so that a file may be imported again.
 */
export async function importRegistrations(asker: Asker, input: ImportInput): Promise<ImportResult> {
  const caller = await permit(asker, "registrations:write", "everywhere");
  return each(input, async (platform, seen) => {
    const row = await judged(caller, platform, seen);
    return row.becomes === "added" ? added(caller, platform, row) : row;
  });
}

async function each(
  input: ImportInput,
  act: (platform: ReadPlatform, seen: Set<string>) => Promise<ImportRow>,
): Promise<ImportResult> {
  const { format, platforms } = readPlatforms(validated(ImportInput, input).text);
  const seen = new Set<string>();
  const rows: ImportRow[] = [];
  for (const platform of platforms) rows.push(await act(platform, seen));
  const count = (becomes: ImportRow["becomes"]) =>
    rows.filter((row) => row.becomes === becomes).length;
  return {
    format,
    added: count("added"),
    known: count("known"),
    refused: count("refused"),
    rows,
  };
}

async function judged(
  { db }: Caller,
  platform: ReadPlatform,
  seen: Set<string>,
): Promise<ImportRow> {
  const { place, issuer = "", clientId = "", deploymentIds } = platform;
  const row = { place, name: nameOf(platform), issuer, clientId, deploymentIds };
  const refused = (reasons: string[]): ImportRow => {
    return { ...row, becomes: "refused", registrationId: null, reasons };
  };
  try {
    validated(RegistrationInput, inputOf(platform));
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return refused(reasonsOf(error));
  }
  const key = JSON.stringify([issuer, clientId]);
  if (seen.has(key)) return refused(["the file has this issuer and client ID before"]);
  seen.add(key);
  const known = await db.prisma.registration.findUnique({
    where: { issuer_clientId: { issuer, clientId } },
    select: { id: true },
  });
  return known
    ? { ...row, becomes: "known", registrationId: known.id, reasons: [] }
    : { ...row, becomes: "added", registrationId: null, reasons: [] };
}

async function added(caller: Caller, platform: ReadPlatform, row: ImportRow): Promise<ImportRow> {
  try {
    const input = validated(RegistrationInput, inputOf(platform));
    const { id } = await createRegistration(caller, input);
    return { ...row, registrationId: id };
  } catch (error) {
    if (!isCodedError(error)) throw error;
    if (error instanceof Conflict && error.existingId)
      return { ...row, becomes: "known", registrationId: error.existingId };
    const reasons = error instanceof InvalidInput ? reasonsOf(error) : [error.message];
    return { ...row, becomes: "refused", reasons };
  }
}

function inputOf(platform: ReadPlatform): object {
  const { place: _, audience, ...fields } = platform;
  const isOther = audience !== undefined && audience !== platform.tokenEndpoint;
  return {
    ...fields,
    name: nameOf(platform),
    issuer: fields.issuer ?? "",
    clientId: fields.clientId ?? "",
    tokenEndpoint: fields.tokenEndpoint ?? "",
    authorizationEndpoint: fields.authorizationEndpoint ?? "",
    jwksUrl: fields.jwksUrl ?? "",
    ...(isOther && { audience: "custom", audienceValues: [audience] }),
  };
}

function nameOf({ name, issuer = "" }: ReadPlatform): string {
  return name ?? (URL.canParse(issuer) ? new URL(issuer).host : issuer);
}

/** One for each field: what else is wrong with one that is missing says nothing more. */
function reasonsOf({ fields }: InvalidInput): string[] {
  return Object.values(fields).map(([first = ""]) => first);
}
