import type { SavedView as Stored } from "#lib/db/generated/client.ts";
import type { Asker } from "../caller.ts";
import { permit } from "../permit.ts";
import { Conflict } from "../errors.ts";
import { byId } from "../by-id.ts";
import { type ListName, type SavedView, SavedViewFilter, SavedViewInput } from "./schema.ts";
import { validated } from "../validated.ts";

const MOST_VIEWS = 50;

/** The caller's own views of a list, by name. */
export async function listSavedViews(
  asker: Asker,
  filter: SavedViewFilter,
): Promise<{ items: SavedView[] }> {
  const caller = await permit(asker, "read", "own");
  const { list } = validated(SavedViewFilter, filter);
  const views = await caller.db.prisma.savedView.findMany({
    where: { ownerId: caller.actor.id, list },
    orderBy: { name: "asc" },
  });
  return { items: views.map(viewOf) };
}

/**
 * Keeps a list's filter, order and columns under a name; a view of that name is replaced.
 *
 * @throws Conflict  the caller has as many views of the list as one may have
 */
export async function saveView(asker: Asker, input: SavedViewInput): Promise<SavedView> {
  const caller = await permit(asker, "read", "own");
  const { list, name, query } = validated(SavedViewInput, input);
  const owned = { ownerId: caller.actor.id, list };
  const { prisma } = caller.db;
  const others = await prisma.savedView.count({ where: { ...owned, name: { not: name } } });
  if (others >= MOST_VIEWS) throw new Conflict(`a list has at most ${MOST_VIEWS} saved views`);
  const view = await prisma.savedView.upsert({
    where: { ownerId_list_name: { ...owned, name } },
    create: { ...owned, name, query: withoutCursor(query) },
    update: { query: withoutCursor(query) },
  });
  return viewOf(view);
}

/** @throws NotFound  no such view, or somebody else's */
export async function deleteSavedView(
  asker: Asker,
  { savedViewId }: { savedViewId: string },
): Promise<SavedView> {
  const caller = await permit(asker, "read", "own");
  const { prisma } = caller.db;
  const owned = { ownerId: caller.actor.id };
  const view = await byId("saved view", savedViewId, (id) =>
    prisma.savedView.findFirst({ where: { id, ...owned } }),
  );
  await prisma.savedView.deleteMany({ where: { id: view.id, ...owned } });
  return viewOf(view);
}

/** A view begins at its first page. */
function withoutCursor(query: string): string {
  const parameters = new URLSearchParams(query);
  parameters.delete("cursor");
  return parameters.toString();
}

function viewOf({ id, list, name, query, updatedAt }: Stored): SavedView {
  return { id, list: list as ListName, name, query, updatedAt: updatedAt.toISOString() };
}
