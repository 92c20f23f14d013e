import { SearchX } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { Card } from "#components/ui/boxes/card.tsx";
import { EmptyState } from "#components/ui/boxes/empty-state.tsx";
import type { Found } from "#lib/operations/search/schema.ts";
import { byKind, ENTRY_KINDS } from "./kinds.ts";
import type { FoundPage } from "../pages.ts";

/** What a text names, by kind, as a page: the same that the palette shows. */
export function ResultList(props: {
  text: string;
  items: Found[];
  pages: FoundPage[];
  syncRoster: FormAction;
}) {
  const groups = byKind(props.items, ({ kind }) => kind);
  if (groups.length === 0 && props.pages.length === 0)
    return (
      <EmptyState icon={SearchX} title={`Nothing found for “${props.text}”`}>
        A person is found by the beginning of a name, an e-mail, a user ID or a SIS ID; a course or
        a registration by any part of its name; everything of Rollbook’s by the first six characters
        of its ID.
      </EmptyState>
    );
  return (
    <div className="space-y-4">
      {groups.map(([kind, items]) => (
        <Group key={kind} title={ENTRY_KINDS[kind].many}>
          {items.map((item) => (
            <Row key={`${item.path}/${item.id}`} {...item}>
              {item.canSyncRoster && (
                <ActionButton
                  action={props.syncRoster}
                  values={{ courseId: item.id }}
                  label={`Sync roster of ${item.title}`}
                  size="sm"
                >
                  Sync roster
                </ActionButton>
              )}
            </Row>
          ))}
        </Group>
      ))}
      {props.pages.length > 0 && (
        <Group title={ENTRY_KINDS.page.many}>
          {props.pages.map((page) => (
            <Row key={page.path} {...page} note="" />
          ))}
        </Group>
      )}
    </div>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-1.5 text-sm font-semibold">{title}</h2>
      <Card>
        <ul className="divide-y">{children}</ul>
      </Card>
    </section>
  );
}

function Row(props: { title: string; note: string; path: string; children?: ReactNode }) {
  return (
    <li className="flex min-h-10 items-center gap-3 px-4 py-1.5 text-sm">
      <Link href={props.path} className="shrink truncate font-medium text-accent hover:underline">
        {props.title}
      </Link>
      <span className="min-w-0 flex-1 truncate text-muted">{props.note}</span>
      {props.children}
    </li>
  );
}
