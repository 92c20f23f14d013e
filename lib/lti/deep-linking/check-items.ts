import { parseServiceUrl } from "../values/service-url.ts";
import type { ContentItem, ResourceLinkItem, TimeWindow } from "./content-item.ts";
import { ContentItemInvalid, ContentItemNotAccepted } from "./content-item-errors.ts";
import type { DeepLinkingSettings } from "./settings.ts";

/**
 * Checks items by themselves, and against what the platform asked for.
 *
 * @throws ContentItemInvalid      an item breaks a rule of Deep Linking 2.0 §3
 * @throws ContentItemNotAccepted  the settings of the request rule it out
 */
export function checkContentItems(
  settings: DeepLinkingSettings,
  items: readonly ContentItem[],
): void {
  items.forEach((item, index) => {
    checkItem(item, index);
    checkAccepted(settings, item, index);
  });
  if (items.length > 1 && !settings.acceptMultiple) {
    throw new ContentItemNotAccepted(1, "accept_multiple", "it takes one item alone");
  }
}

function checkAccepted(settings: DeepLinkingSettings, item: ContentItem, index: number): void {
  const { acceptTypes, acceptLineItem, acceptPresentationDocumentTargets: targets = [] } = settings;
  if (!acceptTypes.includes(item.type)) {
    throw new ContentItemNotAccepted(
      index,
      "accept_types",
      `it takes no items of type ${item.type}`,
    );
  }
  if (acceptLineItem === false && item.type === "ltiResourceLink" && item.lineItem) {
    throw new ContentItemNotAccepted(index, "accept_lineitem", "it makes no columns for links");
  }
  // Several are a choice that the platform has; one that it takes will do.
  const ways = (["iframe", "window", "embed"] as const).filter((way) => way in item);
  if (targets.length > 0 && ways.length > 0 && !ways.some((way) => targets.includes(way))) {
    const reason = `it does not show items by ${ways.join(" or ")}`;
    throw new ContentItemNotAccepted(index, "accept_presentation_document_targets", reason);
  }
}

type Refuse = (field: string, reason: string) => never;

function checkItem(item: ContentItem, index: number): void {
  const refuse: Refuse = (field, reason) => {
    throw new ContentItemInvalid(index, field, reason);
  };
  if (item.type === "html") {
    if (typeof item.html !== "string" || item.html === "") refuse("html", "must not be empty");
    return;
  }
  const isUrlNeeded = item.type !== "ltiResourceLink";
  if (isUrlNeeded || item.url !== undefined) checkUrl("url", item.url, refuse);
  for (const field of ["icon", "thumbnail"] as const) {
    const picture = item[field];
    if (!picture) continue;
    checkUrl(`${field}.url`, picture.url, refuse);
    checkSizes(picture, refuse, `${field}.`);
  }
  switch (item.type) {
    case "link":
      if (item.embed && !item.embed.html) refuse("embed.html", "must not be empty");
      if (item.iframe) checkUrl("iframe.src", item.iframe.src, refuse);
      break;
    case "ltiResourceLink":
      checkResourceLink(item, refuse);
      break;
    case "file":
      checkMoment("expiresAt", item.expiresAt, refuse);
      return;
    case "image":
      checkSizes(item, refuse);
      return;
    default:
      // Of callers without types.
      refuse("type", "is not one of link, ltiResourceLink, file, html and image");
  }
  if (item.window) checkSizes(item.window, refuse, "window.");
  if (item.iframe) checkSizes(item.iframe, refuse, "iframe.");
}

function checkResourceLink(item: ResourceLinkItem, refuse: Refuse): void {
  for (const [name, value] of Object.entries(item.custom ?? {})) {
    if (typeof value !== "string") refuse(`custom.${name}`, "must be text");
  }
  if (
    item.lineItem &&
    !(Number.isFinite(item.lineItem.scoreMaximum) && item.lineItem.scoreMaximum > 0)
  ) {
    refuse("lineItem.scoreMaximum", "must be a number above 0");
  }
  checkTimes("available", item.available, refuse);
  checkTimes("submission", item.submission, refuse);
}

function checkTimes(field: string, times: TimeWindow | undefined, refuse: Refuse): void {
  if (!times) return;
  const { startDateTime, endDateTime } = times;
  checkMoment(`${field}.startDateTime`, startDateTime, refuse);
  checkMoment(`${field}.endDateTime`, endDateTime, refuse);
  if (startDateTime && endDateTime && endDateTime <= startDateTime) {
    refuse(`${field}.endDateTime`, "must be after the start");
  }
}

function checkMoment(field: string, moment: Date | undefined, refuse: Refuse): void {
  if (moment !== undefined && !(moment instanceof Date && Number.isFinite(moment.getTime()))) {
    refuse(field, "must be a date");
  }
}

function checkUrl(field: string, url: string | undefined, refuse: Refuse): void {
  if (typeof url !== "string" || !parseServiceUrl(url)) {
    refuse(field, "must be an absolute web address");
  }
}

function checkSizes(sizes: { width?: number; height?: number }, refuse: Refuse, prefix = ""): void {
  for (const side of ["width", "height"] as const) {
    const pixels = sizes[side];
    if (pixels !== undefined && !(Number.isInteger(pixels) && pixels > 0)) {
      refuse(`${prefix}${side}`, "must be a whole number of pixels above 0");
    }
  }
}
