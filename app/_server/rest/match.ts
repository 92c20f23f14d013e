import { MethodNotAllowed, PathUnknown } from "./errors.ts";
import type { Route } from "./route.ts";

export type Match = { route: Route; params: Record<string, string> };

/**
 * The route that answers a method at a path below /api/v1; HEAD is answered as GET.
 *
 * @throws PathUnknown | MethodNotAllowed
 */
export function matchRoute(routes: readonly Route[], method: string, path: string): Match {
  const here = routesAt(routes, path);
  const wanted = method === "HEAD" ? "GET" : method;
  const match = here.find(({ route }) => route.method === wanted);
  if (match) return match;
  throw new MethodNotAllowed(methodsOf(here));
}

/** @throws PathUnknown */
export function allowedMethods(routes: readonly Route[], path: string): string[] {
  return methodsOf(routesAt(routes, path));
}

function routesAt(routes: readonly Route[], path: string): Match[] {
  const here = routes.flatMap((route) => {
    const params = paramsOf(route.path, path);
    return params ? [{ route, params }] : [];
  });
  if (here.length === 0) throw new PathUnknown();
  return here;
}

function methodsOf(matches: readonly Match[]): string[] {
  const methods = matches.map(({ route }): string => route.method);
  if (methods.includes("GET")) methods.push("HEAD");
  return [...methods, "OPTIONS"];
}

function paramsOf(template: string, path: string): Record<string, string> | undefined {
  const names = template.split("/");
  const values = path.split("/");
  if (names.length !== values.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const value = decoded(values[index] ?? "");
    if (!name.startsWith("{")) {
      if (name !== value) return undefined;
    } else if (!value) return undefined;
    else params[name.slice(1, -1)] = value;
  }
  return params;
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
