import * as objects from "#lib/db/search/objects.ts";
import { MOST_COURSES } from "#lib/db/search/keep-people.ts";
import { findPeople, type FoundPerson } from "#lib/db/search/people.ts";
import { formatDateTime, plural, RUN_KIND_NAMES } from "#lib/format.ts";
import type { Asker } from "../caller.ts";
import { mayDo, permit, registrationsOf, seesNames } from "../permit.ts";
import { type Found, SearchQuery, type SearchResult } from "./schema.ts";
import { validated } from "../validated.ts";

/**
 * Whatever the text names: registrations, courses, people, line items, runs, holds and operators,
 * by name, e-mail, an ID of the platform's or of ours, or a service URL. Of each kind the most
 * likely first. Who does not see names finds people by user ID alone, and shown by it; only an
 * admin finds operators. Who is limited to registrations finds what is of these.
 */
export async function search(asker: Asker, query: Partial<SearchQuery>): Promise<SearchResult> {
  const { db, actor } = await permit(asker, "read", "within");
  const { q, limit } = validated(SearchQuery, query);
  const names = seesNames(actor);
  const within = registrationsOf(actor);
  const reach = { limit, within };
  const found = await Promise.all([
    objects.findRuns(db, q, reach).then((rows) => rows.map(runFound)),
    objects.findHolds(db, q, reach).then((rows) => rows.map(holdFound)),
    objects.findRegistrations(db, q, reach).then((rows) => rows.map(registrationFound)),
    objects.findCourses(db, q, reach).then((rows) => rows.map(courseFound)),
    findPeople(db, q, { ...reach, names }).then((rows) => rows.map(personFound)),
    objects.findLineItems(db, q, reach).then((rows) => rows.map(lineItemFound)),
    mayDo(actor, "admin") && within === null
      ? objects.findOperators(db, q, limit).then((rows) => rows.map(operatorFound))
      : [],
  ]);
  return { items: found.flat() };
}

function runFound(run: objects.FoundRun): Found {
  const { id, kind, state, courseTitle, registrationName, createdAt } = run;
  const what = `${RUN_KIND_NAMES[kind]} of ${courseTitle ?? registrationName}`;
  const when = formatDateTime(createdAt.toISOString(), "UTC");
  return found("run", id, what, `${state.replaceAll("_", " ")} · ${when}`, `/runs/${id}`);
}

function holdFound({ id, courseTitle, removals }: objects.FoundHold): Found {
  return found("hold", id, courseTitle, `${plural(removals, "removal")} held`, `/holds/${id}`);
}

function registrationFound({ id, name, issuer, isArchived }: objects.FoundRegistration): Found {
  return found("registration", id, name, archived(issuer, isArchived), `/registrations/${id}`);
}

function courseFound(course: objects.FoundCourse): Found {
  const { id, title, label, registrationName, offersMemberships, isArchived } = course;
  const note = [label, registrationName].filter(Boolean).join(" · ");
  return {
    ...found("course", id, title, archived(note, isArchived), `/courses/${id}`),
    canSyncRoster: offersMemberships && !isArchived,
  };
}

function personFound(person: FoundPerson): Found {
  const { userId, name, email, courseId, courseTitle, courses, registrationName } = person;
  const many = courses < MOST_COURSES ? plural(courses, "course") : `${courses} courses or more`;
  const where = courses > 1 ? many : courseTitle;
  const note = [email ?? userId, where, registrationName, !person.isPresent && "removed"];
  const q = encodeURIComponent(userId);
  const path = `/courses/${courseId}/roster?presence=all&q=${q}`;
  return found("person", userId, name || userId, note.filter(Boolean).join(" · "), path);
}

function lineItemFound({ id, label, url, courseId, courseTitle }: objects.FoundLineItem): Found {
  const path = `/courses/${courseId}/grades?lineItemId=${id}`;
  return found("line_item", id, label || url, courseTitle, path);
}

function operatorFound({ id, name, email }: objects.FoundOperator): Found {
  return found("operator", id, name, email, "/settings");
}

function archived(note: string, isArchived: boolean): string {
  return isArchived ? `${note} · archived` : note;
}

function found(kind: Found["kind"], id: string, title: string, note: string, path: string): Found {
  return { kind, id, title, note, path, canSyncRoster: false };
}
