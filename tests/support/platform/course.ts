import type { CourseInput, LineItemInput } from "./control/schemas.ts";
import { LineItem } from "./grades/line-item.ts";
import type { People } from "./roster/people.ts";
import { Roster } from "./roster/roster.ts";

export class Course {
  readonly roster: Roster;
  readonly lineItems = new Map<number, LineItem>();
  private lastNumber = 0;

  constructor(
    readonly contextId: string,
    readonly input: CourseInput,
    private readonly site: { url: string; people: People },
  ) {
    this.roster = new Roster(site.people, input);
    const { lineItems } = input;
    const wanted = typeof lineItems === "number" ? generateLineItems(lineItems) : lineItems;
    for (const lineItem of wanted) this.addLineItem({ ...lineItem });
  }

  get url(): string {
    return `${this.site.url}/courses/${encodeURIComponent(this.contextId)}`;
  }

  get membershipsUrl(): string {
    return `${this.url}/memberships`;
  }

  get groupsUrl(): string {
    return `${this.url}/groups`;
  }

  get groupSetsUrl(): string {
    return `${this.url}/group_sets`;
  }

  get lineItemsUrl(): string {
    return this.withQuery(`${this.url}/line_items`);
  }

  addLineItem(wire: Record<string, unknown> & { label: string; scoreMaximum: number }): LineItem {
    const number = ++this.lastNumber;
    const url = this.withQuery(`${this.url}/line_items/${number}/lineitem`);
    const lineItem = new LineItem(number, url, wire);
    this.lineItems.set(number, lineItem);
    return lineItem;
  }

  /** Whether a request carries the query that this course's line item URLs have. */
  hasItsQuery(asked: URLSearchParams): boolean {
    const needed = new URLSearchParams(this.input.lineItemQuery ?? "");
    return [...needed].every(([name, value]) => asked.get(name) === value);
  }

  admits(clientId: string): boolean {
    return this.input.clientIds?.includes(clientId) ?? true;
  }

  private withQuery(url: string): string {
    return this.input.lineItemQuery ? `${url}?${this.input.lineItemQuery}` : url;
  }
}

function generateLineItems(count: number): LineItemInput[] {
  return Array.from({ length: count }, (_, index) => ({
    label: `Assignment ${index + 1}`,
    scoreMaximum: 100,
    resourceId: `assignment-${index + 1}`,
    tag: "grade",
  }));
}
