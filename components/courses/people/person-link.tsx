import { TextLink } from "#components/ui/buttons/text-link.tsx";

type Props = { courseId: string | null; userId: string; name: string | null };

/** Somebody by name and user ID, and the way to them on the roster, who leads to all their scores. */
export function PersonLink({ courseId, userId, name }: Props) {
  const shown = name ?? <code className="font-mono">{userId}</code>;
  return (
    <>
      {courseId === null ? (
        <span className="font-medium">{shown}</span>
      ) : (
        <TextLink
          prefetch={false}
          href={`/courses/${courseId}/roster?presence=all&userId=${encodeURIComponent(userId)}`}
        >
          {shown}
        </TextLink>
      )}
      {name && <code className="block font-mono text-xs text-muted">{userId}</code>}
    </>
  );
}
