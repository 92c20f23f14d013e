import fc from "fast-check";

/** Anything that JSON can hold, small. */
export const json = fc.jsonValue({ maxDepth: 3 });

/** A property of a reply: what belongs there, its near misses, or anything at all. */
export function property(...expected: fc.Arbitrary<unknown>[]): fc.Arbitrary<unknown> {
  return fc.oneof(
    ...expected.map((arbitrary) => ({ arbitrary, weight: 6 })),
    { arbitrary: fc.constantFrom(null, "", " ", "\0", 0, -1, 1e308, true, [], {}), weight: 2 },
    { arbitrary: json, weight: 1 },
  );
}

/** An object that may lack any of its properties and may have others. */
export function reply(shape: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> {
  return fc
    .tuple(fc.record(shape, { requiredKeys: [] }), fc.dictionary(fc.string(), json, { maxKeys: 2 }))
    .map(([known, other]) => ({ ...other, ...known }));
}

/** A body as text: JSON whole, JSON damaged, or no JSON. */
export function body(value: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const text = value.map((one) => JSON.stringify(one) ?? "");
  return fc.oneof(
    { arbitrary: text, weight: 8 },
    { arbitrary: text.map((one) => `\ufeff${one}`), weight: 1 },
    { arbitrary: damaged(text), weight: 2 },
    { arbitrary: fc.string({ unit: "binary" }), weight: 1 },
    { arbitrary: fc.constantFrom("", "[]", "null", "<html>502</html>", "{", "[[["), weight: 1 },
  );
}

function damaged(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(text, fc.nat(), fc.string({ maxLength: 3 }), fc.nat({ max: 20 }))
    .map(([whole, place, inserted, removed]) => {
      const at = place % (whole.length + 1);
      return whole.slice(0, at) + inserted + whole.slice(at + removed);
    });
}

const ORIGINS = ["https://lms.example.edu", "https://evil.example.com", "http://lms.example.edu"];

/** An address: of the platform, of somebody else, relative, or none. */
export const address: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("", "", "", ...ORIGINS, "//evil.example.com", "https://u:p@x.edu"),
      fc.nat(5),
    )
    .map(([origin, page]) => `${origin}/courses/1/memberships?p=${page}`),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.constantFrom("", "?", "#", "javascript:alert(1)", "https://", "https://[", "a,b;c"),
);

const LINK_PARTS = [
  ..."<>\"'“”;,=\\ \t",
  ...[
    "rel",
    "rel=",
    'rel="next"',
    "next",
    "differences",
    "prev",
    "title=",
    "&amp;",
    "â\u0080\u009c",
  ],
];

/** A Link header, well made or from the scrapheap. */
export const linkHeader: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(address, fc.constantFrom("next", "differences", "next differences", "prev"))
    .map(([target, relation]) => `<${target}>; rel="${relation}"`),
  fc
    .array(fc.oneof(fc.constantFrom(...LINK_PARTS), address, fc.string({ maxLength: 4 })), {
      maxLength: 14,
    })
    .map((parts) => parts.join("")),
);

const STATUSES = [200, 200, 200, 200, 201, 204, 302, 307, 400, 401, 403, 404, 409, 422, 429, 503];

/** Reply headers that the library looks at. */
const headers = fc.record(
  {
    link: linkHeader,
    location: address,
    "retry-after": fc.oneof(fc.string(), fc.integer().map(String), fc.date().map(String)),
    "www-authenticate": fc.constantFrom("Bearer", 'Bearer error="invalid_token"', 'Bearer scope="'),
    "x-rate-limit-remaining": fc.constantFrom("0.0", "700", "x"),
  },
  { requiredKeys: [] },
);

export type ScriptedReply = {
  status: number;
  headers: Partial<Record<string, string>>;
  body: string;
  /** Where the body is torn into two chunks, and whether the connection then ends. */
  tornAt: number;
  isCut: boolean;
};

/** Whole replies whose bodies are drawn from `value`. */
export function replies(value: fc.Arbitrary<unknown>): fc.Arbitrary<ScriptedReply[]> {
  const one = fc.record({
    status: fc.oneof(
      { arbitrary: fc.constantFrom(...STATUSES), weight: 9 },
      { arbitrary: fc.integer({ min: 200, max: 599 }), weight: 1 },
    ),
    headers,
    body: body(value),
    tornAt: fc.nat(),
    isCut: fc.nat(19).map((chance) => chance === 0),
  });
  return fc.array(one, { minLength: 1, maxLength: 4 });
}
