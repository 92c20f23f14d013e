import { Banner } from "#components/ui/boxes/banner.tsx";
import { CodeBlock } from "#components/ui/text/code-block.tsx";

/** Codes that are shown this once. */
export function MadeCodes({ codes }: { codes: string[] }) {
  return (
    <Banner tone="ok" role="status" title="Your recovery codes, shown this once">
      <p>
        Each lets you in once, in place of a code of your app. Keep them where you keep what must
        not be lost, and apart from your password. Codes made before are no longer good.
      </p>
      <CodeBlock code={codes.join("\n")} label="recovery codes" />
    </Banner>
  );
}
