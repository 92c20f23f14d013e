import {
  Activity,
  Building2,
  CirclePause,
  Columns3,
  FileText,
  GraduationCap,
  History,
  Play,
  User,
  UserCog,
  type LucideIcon,
} from "lucide-react";
import type { Found } from "#lib/operations/search/schema.ts";

export type EntryKind = Found["kind"] | "page" | "verb" | "recent";

/** The words and signs of what can be found, in the order they are shown. */
export const ENTRY_KINDS: Record<EntryKind, { many: string; icon: LucideIcon }> = {
  recent: { many: "Lately", icon: History },
  verb: { many: "Do", icon: Play },
  run: { many: "Runs", icon: Activity },
  hold: { many: "Holds", icon: CirclePause },
  registration: { many: "Registrations", icon: Building2 },
  course: { many: "Courses", icon: GraduationCap },
  person: { many: "People", icon: User },
  line_item: { many: "Line items", icon: Columns3 },
  operator: { many: "Operators", icon: UserCog },
  page: { many: "Pages", icon: FileText },
};

/** Things by their kind, each kind where it came first. */
export function byKind<Kind extends EntryKind, Thing>(
  things: readonly Thing[],
  kindOf: (thing: Thing) => Kind,
): [Kind, Thing[]][] {
  const groups = new Map<Kind, Thing[]>();
  for (const thing of things) {
    const kind = kindOf(thing);
    groups.set(kind, [...(groups.get(kind) ?? []), thing]);
  }
  return [...groups];
}
