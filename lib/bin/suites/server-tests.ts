/**
 * The tests of what speaks to the database and of what must survive its loss: on a server they
 * run once more. Operations and route handlers reach a database only through these.
 */
export const SERVER_TESTS = ["tests/chaos", "tests/lib/db", "tests/lib/sync"];
