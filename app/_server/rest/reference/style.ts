/** Of the reference, whose pages fetch nothing. */
export const STYLE = `
  :root { color-scheme: light dark; --ink: #22242f; --muted: #5d606c; --canvas: #fbfaf8;
    --surface: #fff; --line: #e5e2dc; --accent: #2f4ec4; }
  @media (prefers-color-scheme: dark) { :root { --ink: #f0f0f3; --muted: #b3b6c2;
    --canvas: #0e0f13; --surface: #17181e; --line: #2b2d36; --accent: #93a8ff; } }
  * { box-sizing: border-box; }
  body { margin: 0; background: var(--canvas); color: var(--ink); font: 15px/1.5 system-ui, sans-serif;
    display: grid; grid-template-columns: 14rem minmax(0, 1fr); }
  nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.5rem 1rem;
    border-inline-end: 1px solid var(--line); display: flex; flex-direction: column; gap: .15rem; }
  nav a { padding: .25rem .5rem; border-radius: 6px; text-decoration: none; color: inherit; }
  nav a[aria-current] { background: var(--surface); font-weight: 600; }
  main { max-width: 62rem; padding: 1.5rem 2rem 6rem; overflow-wrap: anywhere; }
  a { color: var(--accent); } h2 a { color: inherit; text-decoration: none; }
  h1 { margin: 0 0 .5rem; font-size: 1.4rem; } h2 { margin: 0 0 .25rem; font-size: 1.1rem; }
  h3 { margin: 1rem 0 .25rem; font-size: .9rem; color: var(--muted); }
  section { margin-top: 1.5rem; padding: 1rem 1.25rem; background: var(--surface);
    border: 1px solid var(--line); border-radius: 10px; scroll-margin-top: 1rem; }
  p { margin: .35rem 0; } .muted, small { color: var(--muted); } small { display: block; }
  ul { margin: .25rem 0; padding-left: 1.25rem; }
  code, pre { font: 13px/1.5 ui-monospace, monospace; }
  pre { margin: .25rem 0 0; padding: .75rem 1rem; overflow-x: auto; border: 1px solid var(--line);
    border-radius: 6px; background: var(--canvas); }
  table { width: 100%; border-collapse: collapse; }
  th, td { text-align: start; vertical-align: top; padding: .3rem .75rem .3rem 0;
    border-top: 1px solid var(--line); }
  thead th { border-top: 0; color: var(--muted); font-size: .8rem; font-weight: 500; }
  tbody th { font-weight: 500; width: 30%; } td:nth-child(2) { width: 22%; }
  @media (max-width: 48rem) {
    body { display: block; }
    nav { position: static; height: auto; flex-flow: row wrap; border: 0;
      border-block-end: 1px solid var(--line); }
    main { padding: 1rem; } section { padding: .75rem; }
    thead { display: none; } tr { display: block; padding: .4rem 0; border-top: 1px solid var(--line); }
    tbody th, td, td:nth-child(2) { display: block; width: auto; border: 0; padding: 0; }
  }
`;
