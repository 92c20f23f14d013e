import { FileQuestionMark } from "lucide-react";
import Link from "next/link";
import { Button } from "#components/ui/button.tsx";

/** There is no such page or object, or it is not for the reader to see. */
export function NotFoundNotice() {
  return (
    <div className="flex flex-col items-center px-6 py-16 text-center">
      <span className="grid size-10 place-items-center rounded-lg border bg-sunken text-muted">
        <FileQuestionMark aria-hidden className="size-5" />
      </span>
      <h1 className="mt-3 text-xl font-semibold">This does not exist</h1>
      <p className="mt-1 max-w-md text-sm text-muted">
        It was removed, or the address is wrong. The lists can be searched by name and by ID.
      </p>
      <div className="mt-5 flex flex-wrap justify-center gap-2">
        <Button asChild look="primary">
          <Link href="/">Overview</Link>
        </Button>
        <Button asChild>
          <Link href="/courses">Search courses</Link>
        </Button>
        <Button asChild>
          <Link href="/registrations">Search registrations</Link>
        </Button>
      </div>
    </div>
  );
}
