import { ownScores, type OwnScore } from "#lib/db/launches/grade-checks.ts";
import { adviceFor } from "#lib/advice/index.ts";
import { formatScore } from "#lib/format.ts";
import type { Asker, Caller } from "../../caller.ts";
import { requiredCourse } from "../../courses/courses.ts";
import { permit } from "../../permit.ts";
import { requireOwnSession, type OpenLaunchSession } from "../session/launch-session.ts";

export type OwnGradeState = "proven" | "sent" | "waiting" | "refused" | "otherwise";

/** One column as the person it is about sees it. */
export type OwnGrade = {
  column: string;
  /** Such as `17.5 of 20`; null where it is not to be shown yet, or was taken back. */
  points: string | null;
  state: OwnGradeState;
  /** The state in plain words, and why. */
  words: string;
  sentAt: string | null;
};

/** What a learner sees of a course: their own scores, and nothing of anybody else. */
export type OwnGrades = {
  courseTitle: string;
  grades: OwnGrade[];
  /** When the latest of them was looked up in the gradebook. */
  checkedAt: string | null;
  /** Whether the gradebook can be looked into at all. */
  canCheck: boolean;
  /** Origins of the platform, which may frame the page. */
  framedBy: readonly string[];
};

/** @throws NotSignedIn  the launch is over; the course has to be opened from the LMS again */
export async function getOwnGrades(
  asker: Asker,
  { sessionToken }: { sessionToken: string },
): Promise<OwnGrades> {
  const caller = await permit(asker, "launch", "everywhere");
  return ownGradesOf(caller, await requireOwnSession(caller, sessionToken));
}

/** Of the person whose session it is. */
export async function ownGradesOf(
  caller: Caller,
  { courseId, userId, framedBy }: OpenLaunchSession,
): Promise<OwnGrades> {
  const course = await requiredCourse(caller.db, courseId);
  const scores = await ownScores(caller.db, { courseId, userId });
  const times = scores.flatMap(({ provedAt }) => (provedAt ? [provedAt.getTime()] : []));
  return {
    courseTitle: course.title,
    grades: scores.map(gradeOf),
    checkedAt: times.length === 0 ? null : new Date(Math.max(...times)).toISOString(),
    canCheck: course.offersGrades && course.archivedAt === null && scores.length > 0,
    framedBy,
  };
}

function gradeOf(score: OwnScore): OwnGrade {
  const isShown = score.gradesReleased !== false;
  const { scoreGiven, scoreMaximum, columnMaximum } = score;
  return {
    column: score.column,
    points:
      isShown && scoreGiven !== null
        ? formatScore(scoreGiven, scoreMaximum ?? columnMaximum)
        : null,
    ...(isShown ? found(score) : { state: stateOf(score), words: "Not released yet." }),
    sentAt: score.sentAt?.toISOString() ?? null,
  };
}

function stateOf({ state, proof }: OwnScore): OwnGradeState {
  if (state === "rejected") return "refused";
  if (state !== "sent") return "waiting";
  if (proof === "same") return "proven";
  return proof === "differs" || proof === "missing" ? "otherwise" : "sent";
}

function found(score: OwnScore): { state: OwnGradeState; words: string } {
  const state = stateOf(score);
  const said = (words: string) => ({ state, words });
  if (state === "refused") return said(`The LMS did not take it: ${reasonOf(score)}.`);
  if (state === "waiting") return said(waitingWords(score));
  if (score.scoreGiven === null) return said("Taken back.");
  if (state === "proven") return said("The gradebook has it.");
  if (state === "sent") {
    const isUnreadable = score.proof === "unreadable";
    return said(isUnreadable ? "Sent. The gradebook could not be read." : "Sent, not checked yet.");
  }
  const { proofScore, proofMaximum } = score;
  return said(
    proofScore === null
      ? "Sent, and the gradebook does not show it."
      : `Sent, and the gradebook shows another value: ${formatScore(proofScore, proofMaximum)}.`,
  );
}

function waitingWords({ state }: OwnScore): string {
  if (state === "conflict") return "Waits: the gradebook holds another value.";
  return state === "sending" ? "Being sent." : "Waits to be sent.";
}

/** The cause in our words: the platform's own are for those who look after it. */
function reasonOf({ errorCode }: OwnScore): string {
  const { title } = adviceFor(errorCode ?? "");
  return title.charAt(0).toLowerCase() + title.slice(1);
}
