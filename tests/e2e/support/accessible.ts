import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./test.ts";

const SCHEMES = ["light", "dark"] as const;
const WIDTHS = [1280, 390];

/** No violation that axe can find, in light and dark, wide and narrow, and no sideways scrolling. */
export async function expectAccessible(page: Page): Promise<void> {
  const analyze = analyzerOf(page);
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      const { violations } = await analyze();
      const found = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
      expect(found, `${page.url()}, ${colorScheme}, ${width} px`).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `${page.url()} scrolls sideways at ${width} px`).toBeLessThanOrEqual(0);
    }
  }
}

/** Looks the page over with axe, as often as it is called. */
function analyzerOf(page: Page) {
  // Only the results of a page with frames have to be put together, in a second page.
  const isAlone = page.frames().length === 1;
  let isThere = false;
  return async () => {
    // Half a megabyte that need not be sent to the page again.
    const axe = new AxeBuilder({ page, ...(isAlone && isThere && { axeSource: "void axe" }) });
    isThere = true;
    return axe
      .setLegacyMode(isAlone)
      .options({ resultTypes: ["violations"] })
      .analyze();
  };
}
