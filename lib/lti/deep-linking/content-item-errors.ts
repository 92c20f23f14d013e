import { CodedError } from "../../errors.ts";

/** A content item that Deep Linking does not allow; nothing was signed. */
export class ContentItemInvalid extends CodedError {
  readonly code = "lti.content_item_invalid" as const;

  constructor(
    /** Which of the items, from 0. */
    readonly index: number,
    /** Such as `lineItem.scoreMaximum`. */
    readonly field: string,
    readonly reason: string,
  ) {
    super(`the content item's ${field} ${reason}`);
  }
}

/** The settings of a request that decide what may be returned to it. */
export type DeepLinkingLimit =
  "accept_types" | "accept_multiple" | "accept_lineitem" | "accept_presentation_document_targets";

/** The platform does not take such items in answer to this request; nothing was signed. */
export class ContentItemNotAccepted extends CodedError {
  readonly code = "lti.content_item_not_accepted" as const;

  constructor(
    /** Which of the items, from 0. */
    readonly index: number,
    /** The setting of the request that stands against it. */
    readonly setting: DeepLinkingLimit,
    readonly reason: string,
  ) {
    super(`the platform does not accept the content item: ${reason}`);
  }
}
