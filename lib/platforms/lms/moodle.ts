import { PLATFORM_NAMES } from "../names.ts";
import { COMMON_PROFILE, COMMON_WORDS, type Platform } from "../platform.ts";

export const moodle = {
  key: "moodle",
  name: PLATFORM_NAMES.moodle,
  families: ["moodle"],
  behaviour: {
    ...COMMON_PROFILE,
    pageLimit: 500,
    timestampStepMs: 1_000,
    scoreConcurrency: 8,
    assertionBackdateS: 5,
    wipesUnlessFullyGraded: true,
    keepsTeacherGrades: true,
    notes: [
      "Keeps whole seconds: two scores within one second meet a 409.",
      "Anything but a fully graded score wipes the grade.",
      "The next page forgets the role filter; suspended people are simply absent.",
      "A grade that a teacher edited stays the final one, though newer scores are accepted.",
    ],
  },
  words: {
    ...COMMON_WORDS,
    name: "Moodle",
    place: "Site administration, Plugins, External tool, Manage tools",
    keysetField: "Public keyset",
    enable: "activate the tool",
    switches: {
      memberships:
        "IMS LTI Names and Role Provisioning: Use this service to retrieve members’ information",
      grades:
        "IMS LTI Assignment and Grade Services: Use this service for grade sync and column management",
    },
    addToCourse: "add an activity of this tool to the course",
    keysBlockedBy:
      "“cURL blocked hosts list” and “cURL allowed ports list” (Site administration, General, HTTP security)",
    refusesUnknownClientsOnly: true,
    openCourse: "show the course to its participants (Course visibility: Show)",
  },
  guide: {
    summary: "4.x, on your own address",
    menuPath: [
      "Site administration",
      "Plugins",
      "Activity modules",
      "External tool",
      "Manage tools",
      "configure a tool manually",
    ],
    give: {
      launchUrl: "Tool URL",
      keysetUrl: "Public keyset (Public key type: Keyset URL)",
      loginUrl: "Initiate login URL",
      redirectUrl: "Redirection URI(s)",
    },
    switches: [
      "LTI version: LTI 1.3",
      "Tool configuration usage: Show in activity chooser and as a preconfigured tool",
      "IMS LTI Assignment and Grade Services: Use this service for grade sync and column management",
      "IMS LTI Names and Role Provisioning: Use this service to retrieve members’ information as per privacy settings",
      "Privacy: Share launcher’s name with tool, and email: Always",
    ],
    fields: {
      issuer: { label: "Platform ID", placeholder: "https://moodle.example.edu" },
      clientId: { label: "Client ID", placeholder: "RtV3kGk0xJm2qA1" },
      jwksUrl: { label: "Public keyset URL" },
      tokenEndpoint: { label: "Access token URL" },
      authorizationEndpoint: { label: "Authentication request URL" },
      deploymentIds: {
        label: "Deployment ID",
        hint: "Manage tools, then the list icon on the tool’s card: Tool configuration details",
        placeholder: "1",
      },
    },
    environments: [],
    sitePaths: {
      issuer: "",
      tokenEndpoint: "/mod/lti/token.php",
      authorizationEndpoint: "/mod/lti/auth.php",
      jwksUrl: "/mod/lti/certs.php",
    },
    dynamic: {
      menuPath: [
        "Site administration",
        "Plugins",
        "Activity modules",
        "External tool",
        "Manage tools",
      ],
      field: "Tool URL, then Add LTI Advantage",
      then: ["On the tool’s new card choose Activate"],
    },
    firstLaunch: [
      "Open a course as its teacher and turn Edit mode on",
      "Add an activity or resource, Rollbook, Save and display",
    ],
    watchFor:
      "With “Use this service for grade sync only” Moodle leaves out the scope that manages columns; existing columns still take scores.",
  },
} as const satisfies Platform;
