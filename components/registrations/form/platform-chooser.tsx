import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { platformGuides } from "#lib/platforms/index.ts";

/** The first step of a new registration: each platform is a link, so Back leads here again. */
export function PlatformChooser() {
  return (
    <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
      {platformGuides.map((guide) => (
        <li key={guide.profile}>
          <Link
            href={`/registrations/new?platform=${guide.profile}`}
            className="group flex h-full items-center justify-between gap-3 rounded-lg border bg-surface p-4 shadow-lift transition-colors hover:border-line-strong hover:bg-hover"
          >
            <span>
              <span className="block text-base font-semibold">{guide.name}</span>
              <span className="block text-sm text-muted">{guide.summary}</span>
            </span>
            <ArrowRight
              aria-hidden
              className="size-4 shrink-0 text-faint transition-transform group-hover:translate-x-0.5"
            />
          </Link>
        </li>
      ))}
    </ul>
  );
}
