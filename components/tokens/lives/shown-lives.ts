/** How many lives of tokens the picture may show; the first where nothing else is asked for. */
export const SHOWN_LIVES = [6, 24, 100];

/** What the page's address asks for, or as many as are shown without. */
export function shownLives(asked: string | string[] | null | undefined): number {
  return SHOWN_LIVES.find((count) => String(count) === asked) ?? SHOWN_LIVES[0]!;
}
