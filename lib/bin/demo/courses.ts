/** A course of the demo's platform; `wanted` is how many of its people have a score that waits. */
export type DemoCourse = {
  contextId: string;
  title: string;
  label: string;
  members: number;
  columns: { label: string; scoreMaximum: number; wanted?: number }[];
  /** Announced to us although the platform grants it to nobody. */
  refusedScope?: string;
};

const ROSTER_OF_GROUPS = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextgroup.readonly";

const quiz = { label: "Quiz 1", scoreMaximum: 20 };
const essay = { label: "Essay", scoreMaximum: 100 };
const exam = { label: "Midterm", scoreMaximum: 100 };

export const LARGEST = "biology-101";
/** Where the scores are that the first sync sends, with three people the platform refuses. */
export const FIRST_SENT = "programming-1";

/** Of the college whose month is over: each has a part in it. */
export const COLLEGE = {
  steady: "college-writing",
  graded: "college-ethics",
  /** Loses two in five of its people on the last day. */
  shrinking: "college-art",
} as const;

export const COLLEGE_COURSES: readonly DemoCourse[] = [
  course(COLLEGE.steady, "College Writing", "CW-101", 31, [essay]),
  course(COLLEGE.graded, "Professional Ethics", "PE-150", 43, [quiz, essay]),
  course(COLLEGE.shrinking, "Drawing", "DRA-130", 40, [essay]),
];

export const DEMO_COURSES: readonly DemoCourse[] = [
  course(LARGEST, "Biology 101", "BIO-101", 1_200, [{ ...exam, wanted: 640 }, quiz]),
  course("chemistry-2", "Organic Chemistry", "CHE-201", 84, [{ ...quiz, wanted: 80 }]),
  course("algebra-1", "Linear Algebra", "MAT-120", 142, [quiz, exam]),
  course("world-history", "World History", "HIS-100", 97, [essay]),
  course("microeconomics", "Microeconomics", "ECO-110", 188, [{ ...exam, wanted: 60 }]),
  course("statistics", "Statistics for Psychology", "PSY-210", 66, [quiz]),
  course(FIRST_SENT, "Introduction to Programming", "CSC-101", 260, [
    { label: "Lab 3", scoreMaximum: 10, wanted: 240 },
    exam,
  ]),
  {
    ...course("physics-2", "Physics II", "PHY-202", 58, [exam]),
    refusedScope: ROSTER_OF_GROUPS,
  },
  course("art-history", "Art History", "ART-130", 120, [essay]),
  course("writing", "Academic Writing", "ENG-101", 31, [essay]),
  course("data-structures", "Data Structures", "CSC-201", 74, [quiz]),
  course("ethics", "Ethics", "PHI-150", 43, [essay]),
  course("calculus-1", "Calculus I", "MAT-101", 168, [quiz, exam]),
  course("sociology", "Sociology", "SOC-100", 52, [essay]),
];

function course(
  contextId: string,
  title: string,
  label: string,
  members: number,
  columns: DemoCourse["columns"],
): DemoCourse {
  return { contextId, title, label, members, columns };
}
