/** The mark: an open roll with a tick on its right page. */
function LogoMark({ className }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 32 32" className={className}>
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <g
        className="fill-none stroke-on-accent"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <path d="M16 11.2C13.4 9.3 9.6 9 6.2 10v12.6c3.4-1 7.2-.7 9.8 1.2 2.6-1.9 6.4-2.2 9.8-1.2V10c-3.4-1-7.2-.7-9.8 1.2Z" />
        <path d="M16 11.2v12.6" opacity=".55" />
        <path d="M9.3 14.1c1.2-.1 2.4 0 3.5.4M9.3 18c1.2-.1 2.4 0 3.5.4" />
        <path d="m19 16.8 1.5 1.6 2.7-3.5" />
      </g>
    </svg>
  );
}

export function Logo() {
  return (
    <span className="flex items-center gap-2.5">
      <LogoMark className="size-7" />
      <span className="text-lg font-semibold tracking-tight">Rollbook</span>
    </span>
  );
}
