extension DocumentationPage {
  static let style = """
    :root {
      color-scheme: light dark;
      --text: #1c2024; --quiet: #5b6470; --line: #d9dde2; --page: #fff; --panel: #f6f7f9; --link: #0a58ca;
      --get: #0a6e4f; --post: #0a58ca; --good: #0a6e4f; --bad: #b3261e;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --text: #e6e9ed; --quiet: #9aa4b0; --line: #343b44; --page: #14171a; --panel: #1d2126; --link: #7db0ff;
        --get: #58c99f; --post: #7db0ff; --good: #58c99f; --bad: #ff8a80;
      }
    }
    * { box-sizing: border-box }
    body {
      margin: 0 auto; max-width: 76rem; display: grid; grid-template-columns: 16rem minmax(0, 1fr); gap: 2.5rem; padding: 0 1.5rem;
      font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page);
    }
    a { color: var(--link) }
    code, pre, textarea, input, select { font: 13.5px/1.5 ui-monospace, Menlo, Consolas, monospace }
    code { overflow-wrap: anywhere }
    h1 { font-size: 1.6rem; margin: 2rem 0 .5rem }
    h2 { font-size: 1.15rem; margin: 2.25rem 0 .5rem }
    h3 { font-size: .9rem; margin: 1.25rem 0 .35rem; color: var(--quiet); font-weight: 600 }
    p { margin: .4rem 0 }
    nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow: auto; padding: 2rem 0; font-size: .9rem }
    nav strong { display: block; margin: 1rem 0 .2rem; color: var(--quiet); font-weight: 600 }
    nav a { display: block; padding: .15rem 0; color: inherit; text-decoration: none; overflow-wrap: anywhere }
    nav a:hover, nav a:focus { color: var(--link); text-decoration: underline }
    main { padding-bottom: 4rem; min-width: 0 }
    .quiet { color: var(--quiet) }
    .method { display: inline-block; min-width: 2.9rem; font: 600 12px/1.5 ui-monospace, Menlo, Consolas, monospace }
    .method.get { color: var(--get) } .method.post { color: var(--post) }
    .operation { border: 1px solid var(--line); border-radius: 8px; margin: .6rem 0; scroll-margin-top: 1rem }
    .operation > summary { padding: .6rem .9rem; cursor: pointer; display: flex; flex-wrap: wrap; gap: 0 .75rem; align-items: baseline }
    .operation > summary::-webkit-details-marker { display: none }
    .operation > summary > code { font-size: 15px; font-weight: 600 }
    .operation[open] > summary { border-bottom: 1px solid var(--line) }
    .operation > div { padding: .4rem .9rem 1rem }
    .response { border-top: 1px solid var(--line) } .response:last-of-type { border-bottom: 1px solid var(--line) }
    .response > summary { padding: .3rem 0; cursor: pointer }
    .response > div { padding: 0 0 .6rem 1rem }
    .code { font-weight: 600; margin-right: .5rem } .good { color: var(--good) } .bad { color: var(--bad) }
    ul.schema { list-style: none; margin: .2rem 0; padding: 0 0 0 .8rem; border-left: 2px solid var(--line) }
    ul.schema li { padding: .15rem 0 }
    ul.schema .name { font-weight: 600; margin-right: .5rem }
    .note { display: block; font-size: .88rem; color: var(--quiet) }
    pre { margin: .3rem 0; padding: .6rem .75rem; background: var(--panel); border-radius: 6px; overflow: auto; max-height: 28rem }
    pre.wrapped { white-space: pre-wrap; overflow-wrap: anywhere }
    form { margin-top: 1.25rem; padding: .2rem .9rem .9rem; background: var(--panel); border-radius: 8px }
    form pre { background: var(--page) }
    label { display: grid; grid-template-columns: 9rem minmax(0, 1fr); gap: .75rem; align-items: baseline; margin: .4rem 0; font-size: .9rem }
    input, textarea, select {
      width: 100%; padding: .35rem .5rem; color: inherit; background: var(--page); border: 1px solid var(--line); border-radius: 5px;
    }
    textarea { min-height: 7.5rem; resize: vertical }
    button {
      padding: .4rem 1.1rem; margin: .3rem 0; font: inherit; color: var(--page); background: var(--link); border: 0; border-radius: 5px;
      cursor: pointer;
    }
    :focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
    @media (max-width: 52rem) {
      body { display: block; padding: 0 1rem }
      nav { display: none }
      label { grid-template-columns: 1fr; gap: .15rem }
    }
    """
}
