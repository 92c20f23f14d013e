import type {
  CourseInput,
  MemberInput,
  RosterChangeInput,
} from "#tests/support/platform/control/schemas.ts";
import { roleUri } from "./roles.ts";
import type { People } from "./people.ts";

export type Member = MemberInput & { roles: string[]; status?: string };

export type RosterChange = { revision: number; userId: string };

type Population = Pick<
  CourseInput,
  "members" | "instructors" | "teachingAssistants" | "inactive" | "firstPerson"
>;

/**
 * A course's members by slot. Generated members are computed when read; only
 * what was changed afterwards is kept, so a roster of any size is cheap.
 */
export class Roster {
  private readonly generated: number;
  private readonly given: (Member | undefined)[];
  private readonly overrides = new Map<number, Member>();
  private readonly removed = new Set<number>();
  private readonly slots = new Map<string, number>();
  private readonly changes: RosterChange[] = [];

  constructor(
    private readonly people: People,
    private readonly population: Population,
  ) {
    const { members } = population;
    this.generated = typeof members === "number" ? members : 0;
    this.given = typeof members === "number" ? [] : members.map(withRoleUris);
    this.given.forEach((member, index) => {
      if (member) this.slots.set(member.userId, this.generated + index);
    });
  }

  get slotCount(): number {
    return this.generated + this.given.length;
  }

  get size(): number {
    return this.slotCount - this.removed.size;
  }

  get revision(): number {
    return this.changes.length;
  }

  /** The member in a slot; undefined once removed. */
  memberIn(slot: number): Member | undefined {
    if (this.removed.has(slot)) return undefined;
    if (slot >= this.generated) return this.given[slot - this.generated];
    return this.overrides.get(slot) ?? this.generate(slot);
  }

  find(userId: string): Member | undefined {
    const slot = this.slotOf(userId);
    return slot === undefined ? undefined : this.memberIn(slot);
  }

  *all(): Generator<Member> {
    for (let slot = 0; slot < this.slotCount; slot++) {
      const member = this.memberIn(slot);
      if (member) yield member;
    }
  }

  change(change: RosterChangeInput): void {
    for (const member of change.add ?? []) this.add(withRoleUris(member));
    for (const { userId, ...fields } of change.update ?? []) this.update(userId, fields);
    for (const userId of change.remove ?? []) this.remove(userId);
  }

  /** User IDs changed after a revision, each once, in order of the last change. */
  changedSince(revision: number): string[] {
    const changed = new Map<string, number>();
    for (const change of this.changes.slice(revision)) {
      changed.delete(change.userId);
      changed.set(change.userId, change.revision);
    }
    return [...changed.keys()];
  }

  private add(member: Member): void {
    const slot = this.slotOf(member.userId);
    if (slot === undefined) {
      this.given.push(member);
      this.slots.set(member.userId, this.slotCount - 1);
    } else {
      this.removed.delete(slot);
      this.put(slot, member);
    }
    this.record(member.userId);
  }

  private update(userId: string, fields: Partial<MemberInput>): void {
    const slot = this.slotOf(userId);
    const member = slot === undefined ? undefined : this.memberIn(slot);
    if (slot === undefined || !member) throw new Error(`no member ${userId} to update`);
    this.put(slot, withRoleUris({ ...member, ...fields, userId }));
    this.record(userId);
  }

  private remove(userId: string): void {
    const slot = this.slotOf(userId);
    if (slot === undefined || !this.memberIn(slot))
      throw new Error(`no member ${userId} to remove`);
    this.removed.add(slot);
    this.record(userId);
  }

  private put(slot: number, member: Member): void {
    if (slot >= this.generated) this.given[slot - this.generated] = member;
    else this.overrides.set(slot, member);
  }

  private record(userId: string): void {
    this.changes.push({ revision: this.changes.length + 1, userId });
  }

  private slotOf(userId: string): number | undefined {
    const slot = this.slots.get(userId);
    if (slot !== undefined) return slot;
    const index = this.people.indexOf(userId);
    if (index === undefined) return undefined;
    const generated = index - this.population.firstPerson;
    return generated >= 0 && generated < this.generated ? generated : undefined;
  }

  private generate(slot: number): Member {
    const { sourcedId, ...person } = this.people.at(this.population.firstPerson + slot);
    const isInactive = slot >= this.generated - this.population.inactive;
    return {
      ...person,
      lisPersonSourcedId: sourcedId,
      roles: this.rolesIn(slot),
      status: isInactive ? "Inactive" : "Active",
    };
  }

  private rolesIn(slot: number): string[] {
    const { instructors, teachingAssistants } = this.population;
    if (slot < instructors) return [roleUri("Instructor")];
    if (slot >= instructors + teachingAssistants) return [roleUri("Learner")];
    return [roleUri("Instructor"), roleUri("Instructor#TeachingAssistant")];
  }
}

function withRoleUris(member: MemberInput): Member {
  return { ...member, roles: (member.roles ?? ["Learner"]).map(roleUri) };
}
