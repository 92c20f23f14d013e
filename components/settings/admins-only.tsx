import { Banner } from "#components/ui/boxes/banner.tsx";

/** In place of settings that are not for the person who is signed in. */
export function AdminsOnly({ of }: { of: string }) {
  return (
    <Banner tone="idle" title={of}>
      <p>Only an admin of this installation can see and change this.</p>
    </Banner>
  );
}
