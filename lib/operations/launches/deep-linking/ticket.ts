import { z } from "zod";
import type { DeepLinkingSettings } from "#lib/lti/index.ts";
import type { Caller } from "../../caller.ts";
import { NotSignedIn } from "../../errors.ts";

/** Somebody chooses between request and answer. */
const LIFETIME_MS = 2 * 3_600_000;
const PURPOSE = "deep linking request";

/** A deep linking request that passed, on its way through the browser and back. */
export type AskedLinks = {
  registrationId: string;
  deploymentId: string;
  /** Null where the platform asked outside any course. */
  courseId: string | null;
  settings: DeepLinkingSettings;
  /** Origins of the platform, which may show the page in a frame. */
  framedBy: string[];
};

const Kept = z.object({
  expiresAt: z.number(),
  asked: z.object({
    registrationId: z.string(),
    deploymentId: z.string(),
    courseId: z.string().nullable(),
    settings: z.custom<DeepLinkingSettings>((value) => typeof value === "object"),
    framedBy: z.array(z.string()),
  }),
});

/** Sealed, so that what is answered is what was asked, and no row waits for who never answers. */
export function sealAsked({ engine, now }: Caller, asked: AskedLinks): string {
  const kept: z.infer<typeof Kept> = { expiresAt: now().getTime() + LIFETIME_MS, asked };
  return engine.sealer.seal(JSON.stringify(kept), PURPOSE);
}

/** @throws NotSignedIn  it is over, or not of this installation */
export function openAsked({ engine, now }: Caller, ticket: string): AskedLinks {
  const { asked, expiresAt } = read(() => engine.sealer.unseal(ticket, PURPOSE));
  if (expiresAt <= now().getTime()) throw expired();
  return asked;
}

function read(unseal: () => string): z.infer<typeof Kept> {
  try {
    return Kept.parse(JSON.parse(unseal()));
  } catch {
    throw expired();
  }
}

function expired(): NotSignedIn {
  return new NotSignedIn("this page has expired, open it from the course again");
}
