import { z } from "zod";
import { eachAddress } from "#lib/lti/index.ts";
import { Health, Id, Ids, PageQuery, pageOf, Problem, Timestamp, Version } from "../fields.ts";
import { SyncBlock } from "../system/sync-block.ts";
import { sortBy } from "../lists/sort.ts";
import { nonEmpty, partialOf } from "../partial.ts";

const serviceUrl = z
  .string()
  .trim()
  .max(2000)
  .refine((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), {
    message: "must be a full address such as https://lms.example.edu/…",
  });

/** One scope: RFC 6749 §3.3 lets it have no blank, no quote and no backslash. */
const Scope = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .regex(/^[\x21\x23-\x5b\x5d-\x7e]*$/, "is one scope: it has no blank, quote or backslash");

export const CourseInput = z
  .object({
    registrationId: Id,
    deploymentId: z
      .string()
      .trim()
      .min(1, "deployment ID is required")
      .max(255)
      .meta({ description: "the platform's deployment ID; recorded if it is new" }),
    contextId: z.string().trim().min(1, "context ID is required").max(255),
    title: z.string().trim().min(1, "title is required").max(500),
    label: z.string().trim().max(200).default(""),
    ...eachAddress(() => serviceUrl.nullable().default(null)),
    scopes: z
      .array(Scope)
      .max(50)
      .default([])
      .meta({ description: "scopes the platform announced for this context, as full URIs" }),
  })
  .meta({ id: "CourseInput" });
export type CourseInput = z.infer<typeof CourseInput>;

export const CourseChange = CourseInput.omit({ registrationId: true }).meta({ id: "CourseChange" });
export type CourseChange = z.infer<typeof CourseChange>;

export const CoursePatch = nonEmpty(partialOf(CourseChange)).meta({ id: "CoursePatch" });
export type CoursePatch = z.infer<typeof CoursePatch>;

export const ScoreCounts = z
  .object({
    pending: z.number().int(),
    sending: z.number().int(),
    sent: z.number().int(),
    skipped: z.number().int().meta({
      description: "not sent: somebody changed them on the platform, and its values stay",
    }),
    rejected: z.number().int(),
    conflict: z.number().int(),
  })
  .meta({ id: "ScoreCounts" });
export type ScoreCounts = z.infer<typeof ScoreCounts>;

export const CourseSettings = z
  .object({
    sendPolicy: z.enum(["on_request", "as_they_come"]).meta({
      description: "as_they_come: a grade sync starts within seconds of a push",
    }),
    conflictPolicy: z.enum(["overwrite", "skip", "ask"]).meta({
      description: "what happens to a score that somebody changed on the platform",
    }),
    notFullyGraded: z.enum(["refuse", "send"]).meta({
      description:
        "what happens to a score that is not fully graded where the platform's profile wipes the grade for it and is known to hold one",
    }),
    sendUnchanged: z
      .boolean()
      .meta({ description: "send a value again although the platform accepted the same before" }),
    verifyAfterSend: z.enum(["profile", "always", "never"]).meta({
      description:
        "whether a verification follows each grade sync; profile: where the LMS may keep another value than the one it took",
    }),
  })
  .meta({ id: "CourseSettings" });
export type CourseSettings = z.infer<typeof CourseSettings>;

export const CourseSettingsPatch = nonEmpty(partialOf(CourseSettings)).meta({
  id: "CourseSettingsPatch",
});
export type CourseSettingsPatch = z.infer<typeof CourseSettingsPatch>;

export const CourseSettingsView = CourseSettings.extend({ version: Version }).meta({
  id: "CourseSettingsView",
});
export type CourseSettingsView = z.infer<typeof CourseSettingsView>;

/** What the last verification left of a course, or of several together. */
export const KeptProof = z
  .object({
    total: z.number().int().meta({ description: "scores that were sent, or refused" }),
    proven: z.number().int().meta({ description: "of these: the platform held what was sent" }),
    open: z.number().int().meta({
      description:
        "of these: they differ, are missing or unreadable, and nobody left them as they are",
    }),
    notOurs: z.number().int().meta({ description: "results that nobody here sent" }),
    provedAt: Timestamp.meta({ description: "the latest reading of any column" }),
  })
  .meta({ id: "KeptProof" });
export type KeptProof = z.infer<typeof KeptProof>;

export const CourseView = z
  .object({
    id: Id,
    version: Version,
    settingsVersion: Version,
    registrationId: Id,
    registrationName: z.string(),
    platform: z.string().meta({ description: "the registration’s platform profile" }),
    deploymentId: z.string(),
    contextId: z.string(),
    title: z.string(),
    label: z.string(),
    ...eachAddress(() => z.string().nullable()),
    scopes: z.array(z.string()),
    offersMemberships: z.boolean(),
    offersGrades: z.boolean(),
    /** Members now in the course; null before the first complete roster. */
    memberCount: z.number().int().nullable(),
    rosterSyncedAt: Timestamp.nullable(),
    scores: ScoreCounts,
    proof: KeptProof.nullable().meta({ description: "null before the first verification" }),
    health: Health,
    healthReason: z.string().nullable(),
    lastRosterProblem: Problem.nullable(),
    activeRunId: Id.nullable(),
    sendingRunId: Id.nullable().meta({
      description: "the run that sends its scores, those that come meanwhile too",
    }),
    syncBlock: SyncBlock.nullable(),
    dropsAllowedUntil: Timestamp.nullable().meta({
      description: "larger removals are applied until then instead of held",
    }),
    ...CourseSettings.shape,
    pausedAt: Timestamp.nullable(),
    pausedBy: z.string().nullable(),
    archivedAt: Timestamp.nullable(),
    createdAt: Timestamp,
  })
  .meta({ id: "Course" });
export type CourseView = z.infer<typeof CourseView>;

export const CourseFilter = PageQuery.extend({
  ids: Ids,
  q: z.string().max(200).optional().meta({ description: "title, label or context ID contains" }),
  registrationId: Id.optional(),
  deploymentId: z.string().max(255).optional().meta({ description: "exactly this deployment ID" }),
  contextId: z.string().max(255).optional().meta({ description: "exactly this context ID" }),
  service: z.enum(["memberships", "grades"]).optional(),
  scope: z.string().max(500).optional().meta({
    description: "may need this scope: a roster's address is there, or it was announced",
  }),
  health: Health.optional(),
  waiting: z.enum(["roster", "scores"]).optional().meta({
    description: "roster: never synced, or not lately; scores: some wait to be sent",
  }),
  errorCode: z.string().max(100).optional().meta({
    description: "of the last roster sync or the last grade sync, where it failed",
  }),
  archived: z.enum(["no", "yes", "all"]).default("no"),
  sort: sortBy(["title", "createdAt", "rosterSyncedAt", "lastLaunchAt", "memberCount"], "title"),
});
export type CourseFilter = z.infer<typeof CourseFilter>;

export const CoursePage = pageOf(CourseView);

/** What somebody is in a course, by roster and launch. */
const Standing = z.enum(["learner", "instructor", "assistant", "other"]).meta({
  id: "Standing",
  description:
    "assistant: a teaching assistant by a sub-role, or listed as Learner and launched as Instructor, as Moodle does with non-editing teachers",
});

const MembershipStatus = z.enum(["active", "inactive", "deleted"]);

export const MemberView = z
  .object({
    userId: z.string(),
    roles: z.array(z.string()).meta({ description: "full role URIs, unknown ones kept" }),
    standing: Standing,
    status: MembershipStatus,
    groupIds: z.array(z.string()).meta({
      description: "the groups that the platform says they are in; see `/courses/{id}/groups`",
    }),
    name: z.string().nullable(),
    givenName: z.string().nullable(),
    familyName: z.string().nullable(),
    email: z.string().nullable(),
    lisPersonSourcedId: z.string().nullable(),
    lti11LegacyUserId: z.string().nullable().meta({
      description: "the user ID under LTI 1.1, where the platform's roster tells it",
    }),
    firstSeenAt: Timestamp,
    lastSeenAt: Timestamp.nullable().meta({ description: "the last roster that listed them" }),
    changedAt: Timestamp,
    removedAt: Timestamp.nullable(),
  })
  .meta({ id: "Member" });
export type MemberView = z.infer<typeof MemberView>;

export const MemberFilter = PageQuery.extend({
  sort: sortBy(["name", "userId", "email", "firstSeenAt", "changedAt"], "name"),
  q: z
    .string()
    .max(200)
    .optional()
    .meta({ description: "name, e-mail, user ID, SIS ID or LTI 1.1 user ID contains" }),
  userId: z.string().max(255).optional().meta({ description: "exactly this user ID" }),
  email: z.string().max(320).optional().meta({ description: "exactly this e-mail, in any case" }),
  lisPersonSourcedId: z.string().max(255).optional().meta({ description: "exactly this SIS ID" }),
  lti11LegacyUserId: z
    .string()
    .max(255)
    .optional()
    .meta({ description: "exactly this user ID of LTI 1.1" }),
  role: Standing.optional(),
  groupId: z.string().max(255).optional().meta({ description: "in exactly this group" }),
  presence: z.enum(["present", "removed", "all"]).default("present"),
  change: z
    .enum(["added", "changed", "removed"])
    .optional()
    .meta({ description: "what happened to them; takes the place of `presence`" }),
  since: z
    .union([z.iso.date(), Timestamp])
    .optional()
    .meta({ description: "a date or a moment, for `change`", override: { type: "string" } }),
});
export type MemberFilter = z.infer<typeof MemberFilter>;

export const MemberPage = pageOf(MemberView);
