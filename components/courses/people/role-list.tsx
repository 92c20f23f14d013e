import { Badge } from "#components/ui/badge.tsx";

/** Roles by their last word, as the platform sent them; the full URI on hover. */
export function RoleList({ roles }: { roles: string[] }) {
  return (
    <span className="flex flex-wrap gap-1">
      {roles.map((role) => (
        <Badge key={role} title={role}>
          {role.slice(Math.max(role.lastIndexOf("#"), role.lastIndexOf("/")) + 1) || role}
        </Badge>
      ))}
    </span>
  );
}
