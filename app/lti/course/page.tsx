import type { Metadata } from "next";
import { LaunchedCourse } from "#components/launch/launched-course.tsx";

export const metadata: Metadata = { title: "Course" };

/** An instructor's page inside the LMS; the fragment of its address is the key to its course. */
export default function LaunchedCoursePage() {
  return <LaunchedCourse />;
}
