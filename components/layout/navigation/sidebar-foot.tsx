import { BookOpen, LogOut } from "lucide-react";
import { LiveSwitch } from "#components/live/stream/live-switch.tsx";
import { ThemeMenu } from "../theme/theme-menu.tsx";

export type Operator = { name: string; email: string };

export type ShellFacts = {
  operator: Operator;
  version: string;
  signOut: () => Promise<void>;
};

export function SidebarFoot({ operator, version, signOut }: ShellFacts) {
  return (
    <div className="space-y-0.5 border-t pt-3">
      <LiveSwitch />
      <ThemeMenu />
      <a
        href="/docs/api"
        target="_blank"
        rel="noopener"
        className="flex h-8 items-center gap-2 rounded-md px-2 text-sm font-medium hover:bg-hover"
      >
        <BookOpen aria-hidden className="size-4 text-muted" />
        API reference
      </a>
      <div className="mt-2 flex items-center gap-2 border-t px-2 pt-3">
        <div className="min-w-0 flex-1">
          <p className="truncate text-sm font-medium">{operator.name}</p>
          <p className="truncate text-xs text-muted" title={operator.email}>
            {operator.email}
          </p>
        </div>
        <form action={signOut}>
          <button
            type="submit"
            aria-label="Sign out"
            title="Sign out"
            className="grid size-8 place-items-center rounded-md text-muted hover:bg-hover hover:text-ink"
          >
            <LogOut aria-hidden className="size-4" />
          </button>
        </form>
      </div>
      <p className="px-2 pt-1 text-xs text-faint tabular-nums">Version {version}</p>
    </div>
  );
}
