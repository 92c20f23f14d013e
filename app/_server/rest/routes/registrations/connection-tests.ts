import * as tests from "#lib/operations/connection-tests/connection-tests.ts";
import { ConnectionTestList, ConnectionTestView } from "#lib/operations/connection-tests/schema.ts";
import { defineRoute } from "../../route.ts";

const tag = "Connection tests";

export const connectionTestRoutes = [
  defineRoute("POST", "/registrations/{registrationId}/test", {
    id: "testConnection",
    tag,
    summary: "Test the connection to a registration's platform",
    description:
      "Answers at once; read it again for the steps as they end. Reads only. Where a test is under way already, it is that test.",
    status: 202,
    result: ConnectionTestView,
    location: ({ registrationId }) => `/registrations/${registrationId}/test`,
    operate: tests.testConnection,
  }),
  defineRoute("GET", "/registrations/{registrationId}/test", {
    id: "getConnectionTest",
    tag,
    summary: "Read the latest connection test, finished or not",
    description: "null before the first test.",
    result: ConnectionTestView.nullable(),
    operate: tests.getConnectionTest,
  }),
  defineRoute("GET", "/registrations/{registrationId}/tests", {
    id: "listConnectionTests",
    tag,
    summary: "List the latest connection tests, newest first",
    result: ConnectionTestList,
    operate: tests.listConnectionTests,
  }),
  defineRoute("POST", "/registrations/{registrationId}/test/audiences", {
    id: "probeAudience",
    tag,
    summary: "Try the other audiences after invalid_client",
    description:
      "Asks for a token under each once, until one is accepted, and stores that one on the registration. Offered by the latest test.",
    result: ConnectionTestView,
    asksPlatform: true,
    operate: tests.probeAudience,
  }),
];
