/** The tests that know a database: on a server they run once more, and the others need not. */
export const SERVER_TESTS = [
  "tests/app/api",
  "tests/chaos",
  "tests/lib/db",
  "tests/lib/lti/launch",
  "tests/lib/operations",
  "tests/lib/sync",
];
