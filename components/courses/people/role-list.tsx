import { Badge } from "#components/ui/text/badge.tsx";
import type { MemberView } from "#lib/operations/courses/schema.ts";

/**
 * Roles by their last word, as the platform sent them; the full URI on hover. A teaching assistant
 * is told before them: some platforms list one as a learner.
 */
export function RoleList(props: { roles: string[]; standing?: MemberView["standing"] }) {
  return (
    <span className="flex flex-wrap gap-1">
      {props.standing === "assistant" && (
        <Badge title="By a role of the roster or of a launch">Teaching assistant</Badge>
      )}
      {props.roles.map((role) => (
        <Badge key={role} title={role}>
          {roleWord(role)}
        </Badge>
      ))}
    </span>
  );
}

export function roleWord(role: string): string {
  return role.slice(Math.max(role.lastIndexOf("#"), role.lastIndexOf("/")) + 1) || role;
}
