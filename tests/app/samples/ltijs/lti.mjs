import ltijs from "ltijs";
import { FileDatabase } from "./database.mjs";
import { reportLaunch } from "./rollbook.mjs";

export const lti = ltijs.Provider;

// [setup]
lti.setup(
  process.env.TOOL_SECRET,
  { plugin: new FileDatabase(process.env.TOOL_DATABASE) },
  {
    appRoute: "/launch",
    loginRoute: "/login",
    keysetRoute: "/keys",
    serverAddon: (app) => app.use(reportLaunches),
  },
);

/** ltijs drops the id_token before onConnect; it answers one that it accepted with a redirect. */
function reportLaunches(request, response, next) {
  const idToken = request.body?.id_token;
  response.on("finish", () => {
    if (idToken && response.statusCode === 302) reportLaunch(idToken).catch(console.error);
  });
  next();
}
// [end]

/** As the LMS's administrator told it. ltijs makes the key of the platform here, once. */
export const registerPlatform = () =>
  lti.registerPlatform({
    url: process.env.LMS_ISSUER,
    name: "Our LMS",
    clientId: process.env.LMS_CLIENT_ID,
    authenticationEndpoint: process.env.LMS_AUTHORIZATION_ENDPOINT,
    accesstokenEndpoint: process.env.LMS_TOKEN_ENDPOINT,
    authConfig: { method: "JWK_SET", key: process.env.LMS_JWKS_URL },
  });
