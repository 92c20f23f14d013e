import { z } from "zod";
import { launchPlanSchema } from "#tests/support/platform/launch/launch-plan.ts";
import { startLaunch } from "#tests/support/platform/launch/start-launch.ts";
import { copyCourse } from "#tests/support/platform/notices/copy-course.ts";
import { generatePlatformKey } from "#tests/support/platform/oauth/platform-key.ts";
import { registrationLink } from "#tests/support/platform/registration/register.ts";
import { command } from "./command.ts";

export const launchCommands = {
  startLaunch: command(launchPlanSchema, startLaunch),
  registrationLink: command(
    z.strictObject({
      registrationUrl: z.url(),
      /** Of a tool that is registered again under the same client ID. */
      updates: z.string().optional(),
    }),
    (state, { registrationUrl, updates }) => registrationLink(state, registrationUrl, updates),
  ),
  /** From now on everything is signed by a new key, and the old one is gone. */
  rotatePlatformKey: command(z.strictObject({}), async (state) => {
    state.key = await generatePlatformKey();
    return { kid: state.key.kid };
  }),
  copyCourse: command(
    z.strictObject({
      contextId: z.string(),
      copyId: z.string(),
      title: z.string().optional(),
      /** Default: a new one; the same one twice is a notice delivered twice. */
      noticeId: z.string().optional(),
    }),
    copyCourse,
  ),
  noticeHandlers: command(z.strictObject({}), (state) => state.noticeHandlers),
  contentItems: command(z.strictObject({}), (state) => state.contentItems),
  registrations: command(z.strictObject({}), (state) => [...state.registrations.values()]),
};
