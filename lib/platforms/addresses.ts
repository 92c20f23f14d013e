import type { Addresses, Guide } from "./platform.ts";

/** Addresses of a self-hosted platform, from the address of its site. */
function valuesForSite(guide: Guide, site: string): Addresses {
  if (!guide.sitePaths || !/^https?:/i.test(site.trim()) || !URL.canParse(site)) return {};
  const base = site.trim().replace(/\/+$/, "");
  return Object.fromEntries(
    Object.entries(guide.sitePaths).map(([field, path]) => [field, `${base}${path}`]),
  );
}

/** Addresses of the place that was chosen: a hosted environment, or the site's own. */
export function addressesOf(
  guide: Guide,
  { environment, site }: { environment?: string; site?: string },
): Addresses {
  const [only, ...others] = guide.environments;
  const named = guide.environments.find(({ key }) => key === environment);
  if (named) return named.values;
  if (site) return valuesForSite(guide, site);
  return (others.length === 0 && only?.values) || {};
}
