import { cva } from "class-variance-authority";

/** How a button looks, for what is a link and loads nothing. */
export const buttonClasses = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 default:rounded-md border font-medium whitespace-nowrap transition-colors duration-100 select-none disabled:opacity-55 aria-disabled:opacity-55 [&_svg]:shrink-0",
  {
    variants: {
      look: {
        primary: "border-transparent bg-accent text-on-accent hover:bg-accent-hover",
        secondary: "border-line-strong bg-surface text-ink default:shadow-lift hover:bg-hover",
        quiet: "border-transparent bg-transparent text-muted hover:bg-hover hover:text-ink",
        danger: "border-transparent bg-bad text-on-bad hover:bg-bad-hover",
      },
      size: {
        sm: "default:h-7 px-2.5 text-xs default:[&_svg]:size-3.5",
        md: "default:h-8 px-3 text-sm default:[&_svg]:size-3.5",
        lg: "default:h-10 px-4 text-base default:[&_svg]:size-3.5",
        icon: "default:size-8 text-sm default:[&_svg]:size-4",
      },
    },
    defaultVariants: { look: "secondary", size: "md" },
  },
);
