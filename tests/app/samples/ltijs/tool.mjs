// A small tool on ltijs, with Rollbook beside it: node tool.mjs
import express from "express";
import { lti, registerPlatform } from "./lti.mjs";
import { courseOf, pushScores, readWebhook, rollbookKeys } from "./rollbook.mjs";

/** The tool's own tables: who is in which course, and what became of each grade. */
const rosters = new Map();
const grades = new Map();

const app = express();

// [webhook]
// Before ltijs, which would parse the body that the signature is of.
app.post("/hooks/rollbook", express.text({ type: "*/*", limit: "1mb" }), (request, response) => {
  let change;
  try {
    change = readWebhook(request.body, request.headers);
  } catch {
    return response.sendStatus(401);
  }
  keep(change);
  response.sendStatus(204);
});

/** The same change twice leaves the same: each brings the member, or the grade, as it is. */
function keep({ courseId, member, score, type }) {
  if (member) {
    const roster = rosters.get(courseId) ?? new Map();
    if (member.removedAt) roster.delete(member.userId);
    else roster.set(member.userId, member);
    rosters.set(courseId, roster);
  }
  if (score) grades.set(`${courseId} ${score.userId}`, { type, scoreGiven: score.scoreGiven });
}
// [end]

// [keys]
// The LMS reads this address. Keys of ltijs and, for `tool_key_set`, those of Rollbook.
app.get("/jwks", (_request, response, next) => {
  allKeys().then((keys) => response.json({ keys }), next);
});

async function allKeys() {
  const own = await fetch(`http://127.0.0.1:${process.env.PORT}/lti/keys`);
  return [...(await own.json()).keys, ...(await rollbookKeys())];
}
// [end]

app.use("/lti", lti.app);

// [launch]
const QUIZ = { resourceId: "quiz-1", label: "Quiz 1", scoreMaximum: 10 };

lti.onConnect(async (token, _request, response) => {
  await ownColumn(token);
  return lti.redirect(response, "/lti/grades");
});

/** Made under the tool's own client ID, as it always was. */
async function ownColumn(token) {
  const { resourceId } = QUIZ;
  const { lineItems } = await lti.Grade.getLineItems(token, { resourceId });
  if (lineItems.length === 0) await lti.Grade.createLineItem(token, QUIZ);
}
// [end]

lti.app.get("/grades", (_request, response, next) => {
  show(response).catch(next);
});

async function show(response) {
  const { context, ltik } = response.locals;
  const course = await courseOf(context.context);
  const members = course ? [...(rosters.get(course.id)?.values() ?? [])] : [];
  const rows = members.map(({ userId, name, roles }) => {
    const { type = "no grade yet", scoreGiven = "" } = grades.get(`${course.id} ${userId}`) ?? {};
    const role = escape(roles.map((each) => each.split("#").pop()).join(", "));
    return `<tr><th>${escape(name ?? userId)}</th><td>${role}</td><td>${escape(type)} ${scoreGiven}</td>
      <td><input name="${escape(userId)}" aria-label="Points of ${escape(name ?? userId)}"></td></tr>`;
  });
  response.send(`<!doctype html><html lang="en"><title>Quiz 1</title><h1>Quiz 1</h1>
    <p>${members.length} people</p>
    <form method="post" action="/lti/grades?ltik=${escape(ltik)}">
      <table>${rows.join("")}</table><button>Send to the gradebook</button>
    </form></html>`);
}

// [push]
lti.app.post("/grades", (request, response, next) => {
  send(request, response).catch(next);
});

async function send(request, response) {
  const course = await courseOf(response.locals.context.context);
  const scores = Object.entries(request.body)
    .filter(([, points]) => points !== "")
    .map(([userId, points]) => ({ userId, scoreGiven: Number(points) }));
  await pushScores(course.id, QUIZ, scores);
  await lti.redirect(response, "/lti/grades");
}
// [end]

const escape = (text) => String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

await lti.deploy({ serverless: true, silent: true });
await registerPlatform();
app.listen(process.env.PORT, () => console.log("listening"));
