import { compactVerify, importJWK } from "jose";
import { describe, expect, test } from "vitest";
import {
  ContentItemInvalid,
  ContentItemNotAccepted,
  deepLinkingResponse,
  parseLaunchMessage,
  type ContentItem,
  type DeepLinkingSettings,
  type DeepLinkingWords,
} from "#lib/lti/index.ts";
import { claim } from "#tests/support/launching.ts";
import { testKey, testRegistration } from "../support/clients.ts";

const DL = "https://purl.imsglobal.org/spec/lti-dl/claim/";
const RETURN_URL = "https://lms.example.edu/return?id=7";
const now = new Date("2026-11-30T12:00:00Z");

const settingsOf = (settings: Record<string, unknown>): DeepLinkingSettings => {
  const message = parseLaunchMessage({
    [claim("message_type")]: "LtiDeepLinkingRequest",
    [claim("version")]: "1.3.0",
    [claim("deployment_id")]: "1",
    [claim("roles")]: [],
    [`${DL}deep_linking_settings`]: { deep_link_return_url: RETURN_URL, ...settings },
  });
  if (!message.deepLinking) throw new Error("no settings");
  return message.deepLinking;
};

const ALL_TYPES = ["link", "ltiResourceLink", "file", "html", "image"];
const EVERYTHING = settingsOf({ accept_types: ALL_TYPES, accept_multiple: true });

const answer = (
  items: ContentItem[],
  settings: DeepLinkingSettings = EVERYTHING,
  words?: DeepLinkingWords,
) =>
  deepLinkingResponse({
    registration: testRegistration("https://lms.example.edu"),
    deploymentId: "1",
    settings,
    items,
    words,
    now,
  });

/** The claims as the platform verifies and reads them. */
async function claimsOf(jwt: string): Promise<Record<string, unknown>> {
  const key = await importJWK(testKey.publicJwk, "RS256");
  const { payload, protectedHeader } = await compactVerify(jwt, key);
  expect(protectedHeader).toEqual({ alg: "RS256", kid: testKey.kid, typ: "JWT" });
  return JSON.parse(new TextDecoder().decode(payload)) as Record<string, unknown>;
}

describe("the settings of a request", () => {
  test("are read whole (Deep Linking 2.0 §4.4.1)", () => {
    const settings = settingsOf({
      accept_types: ["ltiResourceLink", 7],
      accept_media_types: "image/*, text/html",
      accept_presentation_document_targets: ["iframe", "window"],
      accept_multiple: true,
      accept_lineitem: false,
      auto_create: true,
      title: "Week 1",
      text: "Reading",
      data: "a\u0000b",
    });
    expect(settings).toEqual({
      returnUrl: RETURN_URL,
      acceptTypes: ["ltiResourceLink"],
      acceptMediaTypes: ["image/*", "text/html"],
      acceptPresentationDocumentTargets: ["iframe", "window"],
      acceptMultiple: true,
      acceptLineItem: false,
      autoCreate: true,
      title: "Week 1",
      text: "Reading",
      data: "a\u0000b",
    });
  });

  test("may have booleans that are texts, and leave out all but types and address", () => {
    const texts = { accept_types: [], accept_multiple: "true", accept_lineitem: "false" };
    expect(settingsOf(texts)).toMatchObject({ acceptMultiple: true, acceptLineItem: false });
    const least = settingsOf({ accept_types: [] });
    expect(least).toMatchObject({ acceptMultiple: false, acceptLineItem: undefined });
  });
});

/** One of each type, with all its members. */
const ITEMS: ContentItem[] = [
  {
    type: "link",
    title: "Atlas",
    text: "Maps",
    url: "https://tool.example.edu/atlas",
    icon: { url: "https://tool.example.edu/atlas.png", width: 16, height: 16 },
    thumbnail: { url: "https://tool.example.edu/large.png" },
    embed: { html: "<iframe></iframe>" },
    window: { targetName: "atlas", width: 800, height: 600, windowFeatures: "left=10" },
    iframe: { src: "https://tool.example.edu/frame", width: 640, height: 480 },
  },
  {
    type: "ltiResourceLink",
    title: "Quiz",
    url: "https://tool.example.edu/quiz",
    custom: { quiz: "7" },
    lineItem: {
      scoreMaximum: 20,
      label: "Quiz 1",
      resourceId: "quiz-7",
      tag: "grade",
      gradesReleased: false,
    },
    available: { startDateTime: new Date("2026-12-01T08:00:00Z") },
    submission: {
      startDateTime: new Date("2026-12-01T08:00:00Z"),
      endDateTime: new Date("2026-12-08T08:00:00Z"),
    },
    iframe: { width: 640, height: 480 },
  },
  {
    type: "file",
    title: "Slides",
    url: "https://tool.example.edu/slides.pdf",
    expiresAt: new Date("2026-12-01T08:00:00Z"),
  },
  { type: "html", html: "<b>Hello</b>", title: "Greeting" },
  { type: "image", url: "https://tool.example.edu/map.png", width: 100, height: 50 },
];

describe("an answer", () => {
  test("carries each type of item as it is, with times in UTC (§3)", async () => {
    const claims = await claimsOf(await answer(ITEMS));
    expect(claims[`${DL}content_items`]).toEqual(JSON.parse(JSON.stringify(ITEMS)));
    expect(JSON.stringify(claims)).toContain('"endDateTime":"2026-12-08T08:00:00.000Z"');
  });

  test("is signed for the platform, names message and deployment, and gives the data back", async () => {
    const settings = { ...EVERYTHING, data: "csrf:ä" };
    const words = { msg: "Linked", log: "1 link", errorMsg: "But", errorLog: "one failed" };
    const claims = await claimsOf(await answer([], settings, words));
    const iat = now.getTime() / 1_000;
    expect(claims).toEqual({
      iss: "client-1",
      aud: "https://lms.example.edu",
      iat,
      exp: iat + 1_800,
      nonce: expect.stringMatching(/^[0-9a-f-]{36}$/),
      [claim("message_type")]: "LtiDeepLinkingResponse",
      [claim("version")]: "1.3.0",
      [claim("deployment_id")]: "1",
      [`${DL}content_items`]: [],
      [`${DL}data`]: "csrf:ä",
      [`${DL}msg`]: "Linked",
      [`${DL}log`]: "1 link",
      [`${DL}errormsg`]: "But",
      [`${DL}errorlog`]: "one failed",
    });
  });
});

const LINK = { type: "ltiResourceLink", url: "https://tool.example.edu/quiz" } as const;

describe("an answer is not signed that the request rules out", () => {
  test.each<[string, Record<string, unknown>, ContentItem[], string, number]>([
    ["a type", { accept_types: ["file"] }, [LINK], "accept_types", 0],
    [
      "a second item",
      { accept_types: ALL_TYPES, accept_multiple: false },
      [LINK, LINK],
      "accept_multiple",
      1,
    ],
    [
      "a line item",
      { accept_types: ALL_TYPES, accept_lineitem: false },
      [{ ...LINK, lineItem: { scoreMaximum: 1 } }],
      "accept_lineitem",
      0,
    ],
    [
      "a frame",
      { accept_types: ALL_TYPES, accept_presentation_document_targets: ["window"] },
      [{ ...LINK, iframe: { width: 1 } }],
      "accept_presentation_document_targets",
      0,
    ],
  ])("%s", async (_what, settings, items, setting, index) => {
    const refused = answer(items, settingsOf(settings));
    await expect(refused).rejects.toThrow(ContentItemNotAccepted);
    await expect(refused).rejects.toMatchObject({ setting, index });
  });

  test("but one of several ways to show an item is enough, and what is not said is accepted", async () => {
    const both: ContentItem = { ...LINK, iframe: {}, window: {}, lineItem: { scoreMaximum: 1 } };
    const targets = { accept_presentation_document_targets: ["window"] };
    await answer([both], settingsOf({ accept_types: ALL_TYPES, ...targets }));
    await answer([both], settingsOf({ accept_types: ALL_TYPES }));
  });
});

describe("an answer is not signed with", () => {
  const day = (n: number) => new Date(Date.UTC(2026, 11, n));
  test.each<[string, unknown]>([
    ["url", { type: "link" }],
    ["url", { type: "link", url: "javascript:alert(1)" }],
    ["url", { type: "ltiResourceLink", url: "/quiz" }],
    ["url", { type: "file", url: "" }],
    ["url", { type: "image" }],
    ["html", { type: "html", html: "" }],
    ["html", { type: "html" }],
    ["type", { type: "video", url: "https://tool.example.edu/v" }],
    ["icon.url", { ...LINK, icon: { url: "icon.png" } }],
    ["thumbnail.width", { ...LINK, thumbnail: { url: LINK.url, width: 0 } }],
    ["embed.html", { type: "link", url: LINK.url, embed: { html: "" } }],
    ["iframe.src", { type: "link", url: LINK.url, iframe: { src: "frame" } }],
    ["iframe.height", { ...LINK, iframe: { height: 1.5 } }],
    ["window.width", { ...LINK, window: { width: -1 } }],
    ["width", { type: "image", url: LINK.url, width: Number.NaN }],
    ["custom.chapter", { ...LINK, custom: { chapter: 3 } }],
    ["lineItem.scoreMaximum", { ...LINK, lineItem: { scoreMaximum: 0 } }],
    ["lineItem.scoreMaximum", { ...LINK, lineItem: { label: "Quiz" } }],
    ["available.startDateTime", { ...LINK, available: { startDateTime: new Date("?") } }],
    [
      "submission.endDateTime",
      { ...LINK, submission: { startDateTime: day(2), endDateTime: day(1) } },
    ],
    ["expiresAt", { type: "file", url: LINK.url, expiresAt: "tomorrow" }],
  ])("a wrong %s", async (field, item) => {
    const everything = { ...EVERYTHING, acceptTypes: [...ALL_TYPES, "video"] };
    const refused = answer([LINK, item as ContentItem], everything);
    await expect(refused).rejects.toThrow(ContentItemInvalid);
    await expect(refused).rejects.toMatchObject({ field, index: 1 });
  });
});
