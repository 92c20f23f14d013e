import { expect, test } from "@playwright/test";
import {
  finishedRun,
  givenCourse,
  givenRegistration,
  givenSchedule,
  givenScores,
  learnersOf,
  startRun,
} from "./support/api.ts";
import { signedInAs } from "./support/signed-in.ts";

test.describe.configure({ timeout: 600_000 });

/** What runs, or asks another host, where it is written into a page as it stands. */
const PAYLOADS = [
  "<script>alert(1)</script>",
  "</script><script>alert(2)</script>",
  "</title><script>alert(3)</script>",
  "</textarea><script>alert(4)</script>",
  "<img src=x onerror=alert(5)>",
  "<img src=https://evil.example/6.png>",
  "<svg onload=alert(7)>",
  "<svg><script>alert(8)</script></svg>",
  "<body onload=alert(9)>",
  "<iframe src=javascript:alert(10)></iframe>",
  "<iframe srcdoc='<script>alert(11)</script>'></iframe>",
  "<a href=javascript:alert(12)>here</a>",
  "<form action=javascript:alert(13)><button>ok</button></form>",
  "<input autofocus onfocus=alert(14)>",
  "<details open ontoggle=alert(15)>",
  "<link rel=stylesheet href=https://evil.example/16.css>",
  "<meta http-equiv=refresh content='0;url=https://evil.example/17'>",
  "<base href=https://evil.example/18/>",
  "<object data=https://evil.example/19></object>",
  "<math><mtext><script>alert(20)</script></mtext></math>",
  '" onmouseover="alert(21)',
  "' onmouseover='alert(22)",
  "javascript:alert(23)",
  "{{constructor.constructor('alert(24)')()}}",
  "${alert(25)}",
  "<!--><script>alert(26)</script>-->",
  "<style>@import 'https://evil.example/27.css'</style>",
];

test("no script in names, titles or labels of an LMS stands in a page as it was stored", async ({
  playwright,
}) => {
  const at = (index: number) => PAYLOADS[index % PAYLOADS.length]!;
  const members = PAYLOADS.map((payload, index) => ({
    userId: `learner ${index} ${payload}`,
    name: payload,
    givenName: at(index + 1),
    familyName: at(index + 2),
    email: `"${at(index + 3)}"@example.edu`,
    picture: index % 2 === 0 ? "javascript:alert(99)" : `https://evil.example/${index}.png`,
    lisPersonSourcedId: at(index + 4),
  }));
  const { id: registrationId } = await givenRegistration(PAYLOADS.slice(6, 10).join(" "));
  const { course, lineItems } = await givenCourse(registrationId, {
    title: PAYLOADS.slice(0, 6).join(" "),
    label: at(4),
    members,
    lineItems: PAYLOADS.map((label) => ({ label })),
  });
  const roster = await startRun({ kind: "roster_sync", courseId: course.id });
  expect(await finishedRun(roster.id)).toMatchObject({ state: "succeeded" });
  const lineItemId = lineItems[0]!.id;
  await givenScores(lineItemId, (await learnersOf(course.contextId)).slice(0, 30));
  const grades = await startRun({ kind: "grade_sync", courseId: course.id });
  await finishedRun(grades.id);
  const verified = await startRun({ kind: "verify", courseId: course.id });
  await finishedRun(verified.id);
  await givenSchedule({
    kind: "roster_sync",
    cron: "0 2 * * *",
    timeZone: "UTC",
    courseId: course.id,
  });

  const ofCourse = `/courses/${course.id}`;
  const ofRegistration = `/registrations/${registrationId}`;
  const pages = [
    ...["/", "/courses", "/registrations", "/runs", "/schedules", "/tokens", "/holds", "/audit"],
    ...["", "/roster", "/gradebook", "/grades", "/grades/line-items", "/grades/upload"].map(
      (part) => `${ofCourse}${part}`,
    ),
    ...["/grades/score", "/proof", "/runs", "/settings"].map((part) => `${ofCourse}${part}`),
    `${ofCourse}/grades/line-items/${lineItemId}`,
    ...["", "/courses", "/runs", "/settings"].map((part) => `${ofRegistration}${part}`),
    ...[roster, grades, verified].map(({ id }) => `/runs/${id}`),
    `/search?q=${encodeURIComponent("<script>alert(1)</script>")}`,
  ];
  const person = await signedInAs(playwright, { role: "admin", seesNames: true });
  const inMarkup = PAYLOADS.filter((payload) => payload.includes("<"));
  expect(inMarkup.length).toBeGreaterThanOrEqual(20);
  expect(pages.length).toBeGreaterThanOrEqual(20);
  const shown = new Set<string>();
  for (const address of pages) {
    const answer = await person.get(address);
    expect({ address, status: answer.status() }).toEqual({ address, status: 200 });
    const text = await answer.text();
    const raw = inMarkup.filter((payload) => text.includes(payload));
    expect({ address, raw }).toEqual({ address, raw: [] });
    expect(text).not.toMatch(/(href|src|action|formaction)="\s*javascript:/i);
    for (const payload of inMarkup) if (text.includes(escaped(payload))) shown.add(payload);
  }
  // They are there, as what they are.
  expect(inMarkup.filter((payload) => !shown.has(payload))).toEqual([]);
  await person.dispose();
});

/** As React writes text. */
function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#x27;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
