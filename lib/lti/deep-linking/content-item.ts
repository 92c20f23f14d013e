/** A picture that stands for an item; sizes in pixels. */
export type ItemImage = { url: string; width?: number; height?: number };

/** From when until when; both are kept to the millisecond. */
export type TimeWindow = { startDateTime?: Date; endDateTime?: Date };

/** The column that the platform makes together with a link. */
export type ContentLineItem = {
  /** Above 0. */
  scoreMaximum: number;
  /** The link's title where it is absent. */
  label?: string;
  resourceId?: string;
  tag?: string;
  /** Whether people see their grades at once. */
  gradesReleased?: boolean;
};

type Described = { title?: string; text?: string };
type Pictured = { icon?: ItemImage; thumbnail?: ItemImage };
/** How the item opens in a window of its own. Sizes in pixels. */
type InWindow = {
  targetName?: string;
  width?: number;
  height?: number;
  windowFeatures?: string;
};

/** @see Deep Linking 2.0 §3.1 */
export type LinkItem = Described &
  Pictured & {
    type: "link";
    url: string;
    /** HTML that shows the item in place. */
    embed?: { html: string };
    window?: InWindow;
    iframe?: { src: string; width?: number; height?: number };
  };

/** A link that launches the tool. @see Deep Linking 2.0 §3.2 */
export type ResourceLinkItem = Described &
  Pictured & {
    type: "ltiResourceLink";
    /** The tool's own address where it is absent. */
    url?: string;
    window?: InWindow;
    iframe?: { width?: number; height?: number };
    /** Comes back in the `custom` claim of each of its launches. */
    custom?: Record<string, string>;
    lineItem?: ContentLineItem;
    /** When the link may be opened. */
    available?: TimeWindow;
    /** When work may be handed in. */
    submission?: TimeWindow;
  };

/** A file that the platform fetches. @see Deep Linking 2.0 §3.3 */
export type FileItem = Described &
  Pictured & {
    type: "file";
    url: string;
    /** Until when it can be fetched. */
    expiresAt?: Date;
  };

/** A piece of HTML. @see Deep Linking 2.0 §3.4 */
export type HtmlItem = Described & { type: "html"; html: string };

/** A picture that the platform shows. @see Deep Linking 2.0 §3.5 */
export type ImageItem = Described &
  Pictured & {
    type: "image";
    url: string;
    width?: number;
    height?: number;
  };

/** What a tool returns to a deep linking request; members are spelled as the specification does. */
export type ContentItem = LinkItem | ResourceLinkItem | FileItem | HtmlItem | ImageItem;
