import { RoleList, roleWord } from "#components/courses/people/role-list.tsx";
import { CutWords } from "#components/lists/cut-words.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { UNKNOWN } from "#lib/format.ts";
import type { RosterChangeView } from "#lib/operations/rosters/schema.ts";
import { ChangeKind } from "./change-kind.tsx";
import { fieldWords } from "./change-words.ts";

type Field = RosterChangeView["fields"][number];

const PERSON: Column<RosterChangeView> = {
  key: "person",
  header: "Person",
  isLead: true,
  cell: ({ name, userId }) => (
    <>
      <span className="font-medium">{name ?? UNKNOWN}</span>
      <span className="block font-mono text-xs break-all text-muted">{userId}</span>
    </>
  ),
};

const KIND: Column<RosterChangeView> = {
  key: "kind",
  header: "Change",
  phone: "state",
  cell: (change) => <ChangeKind change={change} />,
};

const FIELDS: Column<RosterChangeView> = {
  key: "fields",
  header: "Old and new",
  phone: "figure",
  className: "[--cut:26rem]",
  cell: ({ fields, kind, name, userId }) => {
    if (fields.length === 0) return UNKNOWN;
    const isNew = kind === "added";
    return (
      <CutWords
        label={`Old and new of ${name ?? userId}`}
        words={fields.map((field) => lineOf(field, isNew)).join("; ")}
      >
        <Fields fields={fields} isNew={isNew} />
      </CutWords>
    );
  },
};

const COURSE: Column<RosterChangeView> = {
  key: "course",
  header: "Course",
  phone: "figure",
  cell: ({ courseId, courseTitle }) => (
    <TextLink href={`/courses/${courseId}/roster`}>{courseTitle}</TextLink>
  ),
};

/** Of one course; over many each row names its own. */
export const CHANGE_COLUMNS = [PERSON, KIND, FIELDS];
export const CHANGE_COLUMNS_BY_COURSE = [PERSON, COURSE, KIND, FIELDS];

function lineOf(field: Field, isNew: boolean): string {
  const shown = (value: string | null) =>
    value === null || value === ""
      ? "nothing"
      : field.field === "roles"
        ? value.split(", ").map(roleWord).join(", ")
        : value;
  const to = shown(field.to);
  return `${fieldWords(field.field)}: ${isNew ? to : `${shown(field.from)} → ${to}`}`;
}

function Fields({ fields, isNew }: { fields: Field[]; isNew: boolean }) {
  return (
    <dl className="space-y-0.5 text-xs">
      {fields.map((field) => (
        <div key={field.field} className="flex flex-wrap gap-x-1.5">
          <dt className="text-muted">{fieldWords(field.field)}:</dt>
          <dd className="flex min-w-0 flex-wrap items-center gap-x-1 break-words">
            {!isNew && (
              <>
                <Value field={field} value={field.from} />
                <span aria-hidden>→</span>
                <span className="sr-only">becomes</span>
              </>
            )}
            <Value field={field} value={field.to} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Value({ field, value }: { field: Field; value: string | null }) {
  if (value === null || value === "") return <span className="text-muted">nothing</span>;
  if (field.field === "roles") return <RoleList roles={value.split(", ")} />;
  return <>{value}</>;
}
