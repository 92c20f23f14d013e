import { serviceOfOperation } from "#lib/lti/services/services.ts";
import { switchesOf, switchFor } from "#lib/platforms/index.ts";
import { quoted, type Advice, type Known } from "../advice.ts";

/** Refused although the token is good; a hint says more where the answer gave one. */
export function accessDenied(about: Known): Advice {
  return { title: "The platform denied access", ...reasonOf(about) };
}

function reasonOf({ words, course, courseWords, scope, fact }: Known): Omit<Advice, "title"> {
  switch (fact("hint")) {
    case "authorization_header_lost":
      return {
        cause: `The Authorization header was lost between us and ${words.name}: a web server or proxy before it strips it.`,
        owner: "platform_admin",
        fix: 'Let the web server pass the header on; for Apache before PHP: CGIPassAuth On, or SetEnvIf Authorization "(.*)" HTTP_AUTHORIZATION=$1.',
      };
    case "course_unavailable":
      return {
        cause: `${courseWords} is not open: unpublished, concluded or hidden.`,
        owner: "instructor",
        fix: `In ${words.name}, ${words.openCourse}; services stay shut until then.`,
      };
    case "tool_disabled":
      return {
        cause: "The tool was switched off in the platform.",
        owner: "platform_admin",
        fix: `In ${words.name} (${words.place}), ${words.enable}.`,
      };
    case "user_agent_required":
      return {
        cause: "Our User-Agent header did not arrive; a proxy on the way removes it.",
        owner: "rollbook",
        fix: "Let the outgoing proxy pass the User-Agent header on.",
      };
    default: {
      const service = serviceOfOperation(fact("operation"));
      const needed = scope ? [switchFor(words, scope)] : switchesOf(words, service);
      return {
        cause: `The token is good, but this tool may not use this service${course ? ` in “${course}”` : ""}.`,
        owner: "platform_admin",
        fix: `In ${words.name} (${words.place}), switch on ${quoted(needed)}, and check that the tool is deployed where the course is.`,
      };
    }
  }
}
