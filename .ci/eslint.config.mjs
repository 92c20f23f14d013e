import coreWebVitals from "eslint-config-next/core-web-vitals";
import typescript from "eslint-config-next/typescript";

/** Folders below lib, lowest first; a file imports from its own folder or one that is lower. */
const folders = {
  lti: [],
  client: [],
  platforms: ["lti"],
  advice: ["platforms", "lti"],
  "connection-test": ["advice", "platforms", "lti"],
  auth: [],
  db: ["auth", "platforms", "lti"],
  sync: ["db", "connection-test", "platforms", "lti"],
  operations: ["sync/index.ts", "db", "connection-test", "advice", "platforms", "lti", "auth"],
};
const everywhere = ["errors.ts", "format.ts", "chunks.ts"];

const config = [
  {
    ignores: [
      "**/.next*/**",
      "lib/db/generated/**",
      "lib/client/api.ts",
      "next-env.d.ts",
      ".rollbook/**",
      "dist/**",
    ],
  },
  ...coreWebVitals,
  ...typescript,
  {
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/ban-ts-comment": ["error", { "ts-expect-error": true }],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "max-lines": ["warn", { max: 250 }],
      eqeqeq: "error",
    },
  },
  {
    files: ["lib/**/*.ts"],
    rules: {
      "max-lines-per-function": ["warn", { max: 40, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // What begins with `use` in them are hooks of the test runner, not of React.
    files: ["tests/**/*.ts"],
    rules: { "react-hooks/rules-of-hooks": "off" },
  },
  {
    files: ["{app,components,lib}/**/*.{ts,tsx}"],
    ignores: ["lib/env.ts", "lib/bin/**"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "Only lib/env.ts reads the environment." },
      ],
    },
  },
  ...Object.entries(folders).map(([folder, lower]) => ({
    files: [`lib/${folder}/**/*.ts`],
    rules: restrict([
      outsideLib("#lib/", [`${folder}/`, ...lower, ...everywhere]),
      ["^(next|react|react-dom)(/|$)|^#(app|components|tests)/", "lib knows no Next and no React."],
    ]),
  })),
  {
    files: ["lib/{sync,operations}/**/*.ts"],
    rules: {
      "no-restricted-imports": ["error", { paths: ["@prisma/client", "@prisma/adapter-pg"] }],
    },
  },
  {
    files: ["components/**/*.{ts,tsx}"],
    rules: restrict([
      outsideLib("#lib/", ["format.ts", "platforms/", "advice/"]),
      ["^#(app|tests)/", "Actions and values arrive as props."],
    ]),
  },
  {
    files: ["app/**/*.{ts,tsx}"],
    rules: restrict([
      ["^#lib/(db|sync|lti|bin)/", "Pages and routes go through lib/operations."],
      ["^#tests/", "The product does not import its tests."],
    ]),
  },
];

export default config;

/** Types may come from anywhere: they are gone when the code runs. */
function restrict(patterns) {
  const list = patterns.map(([regex, message]) => ({ regex, message, allowTypeImports: true }));
  return { "@typescript-eslint/no-restricted-imports": ["error", { patterns: list }] };
}

function outsideLib(prefix, allowed) {
  const list = allowed.map((path) => path.replaceAll(".", "\\."));
  return [`^${prefix}(?!${list.join("|")})`, `May import from ${allowed.join(", ")} only.`];
}
