"use client";

import { ConfirmAct } from "#components/forms/acts/confirm-act.tsx";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import { ConfirmByName } from "#components/forms/acts/confirm-by-name.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { ClockTime, RelativeTime } from "#components/live/time/time.tsx";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { StateBadge } from "#components/states/state-badge.tsx";
import { SIGNING_KEY_STATES } from "#components/states/tables/keys.ts";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { CopyValue } from "#components/ui/buttons/copy-value.tsx";
import { ListTable } from "#components/lists/list-table.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { formatCount, plural } from "#lib/format.ts";
import type { SigningKeyView } from "#lib/operations/keys/schema.ts";
import { KeySetReaders } from "./key-set-readers.tsx";

export type KeyActs = {
  prepare: FormAction;
  switchKey: FormAction;
  retire: FormAction;
  replace: FormAction;
};

const REPLACE_PHRASE = "replace all keys";

/** The keys that platforms know us by: one signs, one may come, one may go. */
export function SigningKeys(props: KeyActs) {
  const { data } = useRead(reads.signingKeys({}));
  if (!data) return null;
  const hasNext = data.keys.some(({ state }) => state === "next");
  return (
    <div className="space-y-5">
      <Card aria-labelledby="signing-keys">
        <CardHeader
          id="signing-keys"
          title="Signing keys"
          description="Rotate in three steps: publish the next key, sign with it once platforms have read it, retire the old one later. Keys that were imported for a registration are not touched."
          actions={
            !hasNext && (
              <ActionButton action={props.prepare} values={{}}>
                Prepare the next key
              </ActionButton>
            )
          }
        />
        <CardBody className="border-b text-sm">
          Key set: <CopyValue value={data.keysetUrl} label="key set URL" />
        </CardBody>
        <ListTable
          caption="Signing keys"
          columns={columnsWith(props)}
          rows={data.keys}
          rowKey={(key) => key.kid}
        />
      </Card>
      <KeySetReaders fetches={data.fetches} />
      <ConfirmByName
        action={props.replace}
        values={{}}
        title="A key leaked"
        name={REPLACE_PHRASE}
        act="Replace all keys now"
        touches={
          <p>
            Makes a new key, signs with it at once and withdraws every other. An LMS that keeps our
            key set refuses us until it reads it again, for minutes or hours.
          </p>
        }
      />
    </div>
  );
}

function columnsWith({ switchKey, retire }: KeyActs): Column<SigningKeyView>[] {
  return [
    {
      key: "kid",
      header: "Key ID",
      isLead: true,
      cell: ({ kid }) => <CopyValue value={kid} shown={`${kid.slice(0, 16)}…`} label="key ID" />,
    },
    {
      key: "state",
      phone: "state",
      header: "State",
      cell: ({ state }) => <StateBadge of={SIGNING_KEY_STATES} state={state} />,
    },
    { key: "made", header: "Made", cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
    {
      key: "signs",
      phone: "figure",
      header: "Signs since",
      cell: ({ activatedAt }) => <RelativeTime at={activatedAt} />,
    },
    {
      key: "read",
      header: "Read by",
      align: "end",
      cell: ({ fetchedBy }) => formatCount(fetchedBy),
    },
    {
      key: "act",
      className: "[--cut:none]",
      phone: "figure",
      header: "Next step",
      align: "end",
      cell: (key) => <NextStep signingKey={key} switchKey={switchKey} retire={retire} />,
    },
  ];
}

function NextStep(props: Pick<KeyActs, "switchKey" | "retire"> & { signingKey: SigningKeyView }) {
  const { kid, state, mayChangeAt, retiredAt, fetchedBy } = props.signingKey;
  if (state === "retired") return <RelativeTime at={retiredAt} />;
  if (state === "signing") return null;
  const wait = mayChangeAt && (
    <>
      Not before <ClockTime at={mayChangeAt} />: platforms that keep our key set have to read it
      again first
    </>
  );
  const readBy =
    fetchedBy === 0
      ? "Nobody has read it yet."
      : `${plural(fetchedBy, "caller has", "callers have")} read it.`;
  return (
    <span className="inline-flex justify-end gap-2">
      {state === "next" && (
        <ConfirmAct
          action={props.switchKey}
          values={{}}
          size="sm"
          word="Sign with it"
          tone="go"
          blocked={wait}
          title="Sign with this key from now on?"
          act="Sign with it"
        >
          <p>
            {readBy} A platform that has not read it refuses every token request until it does. The
            key that signs now stays published, so what it signed stays good.
          </p>
        </ConfirmAct>
      )}
      <ConfirmAct
        action={props.retire}
        values={{ kid }}
        size="sm"
        look={state === "next" ? "quiet" : "secondary"}
        blocked={state === "previous" ? wait : null}
        word="Retire"
        title="Retire this key?"
        act="Retire the key"
      >
        <p>
          The key {kid.slice(0, 16)}… is taken out of the key set and cannot be brought back.{" "}
          {state === "previous"
            ? "What it signed is refused from then on."
            : "It has signed nothing yet."}{" "}
          The key that signs now stays.
        </p>
      </ConfirmAct>
    </span>
  );
}
