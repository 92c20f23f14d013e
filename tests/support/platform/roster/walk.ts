import type { Member, Roster } from "./roster.ts";

type Walk = {
  start: number;
  limit: number;
  keeps: (member: Member) => boolean;
  /** Count members instead of slots: then a removal behind the reader moves the rest up. */
  isByOffset: boolean;
};

/** A page of members, and where the next one starts if there is one. */
export function walk(
  roster: Roster,
  { start, limit, keeps, isByOffset }: Walk,
): {
  members: Member[];
  next?: number;
} {
  const members: Member[] = [];
  let skipped = 0;
  for (let slot = isByOffset ? 0 : start; slot < roster.slotCount; slot++) {
    const member = roster.memberIn(slot);
    if (!member || !keeps(member)) continue;
    if (isByOffset && skipped++ < start) continue;
    if (members.length === limit) return { members, next: isByOffset ? start + limit : slot };
    members.push(member);
  }
  return { members };
}
