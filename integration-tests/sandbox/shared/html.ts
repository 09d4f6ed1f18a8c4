/** Text that is HTML already. Not exported as a value: only `html` makes it, so nothing gets past the escaping. */
class Markup {
  constructor(readonly text: string) {}
}
export type Html = Markup

/** A template whose values are escaped, for element content and for quoted attributes. */
export function html(strings: TemplateStringsArray, ...values: (string | Html)[]): Html {
  const parts = strings.map((literal, index) => literal + render(values[index] ?? ""))
  return new Markup(parts.join(""))
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
}

function render(value: string | Html): string {
  if (value instanceof Markup) return value.text
  return value.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}

const STYLE = html`
  <style>
    :root {
      color-scheme: light;
      font:
        16px/1.5 system-ui,
        "Segoe UI",
        Roboto,
        sans-serif;
      color: #1d2433;
    }
    * {
      box-sizing: border-box;
    }
    body {
      margin: 0;
      min-height: 100vh;
      background: #eef1f7;
      display: flex;
      flex-direction: column;
      align-items: center;
    }
    header {
      width: 100%;
      padding: 0.6rem 1rem;
      background: #fff4d6;
      color: #6b4e00;
      font-size: 0.85rem;
      text-align: center;
    }
    main {
      width: 100%;
      max-width: 26rem;
      margin: 0 auto;
      padding: 1.25rem 1rem 2rem;
    }
    .card {
      background: #fff;
      border-radius: 1rem;
      padding: 1.5rem 1.25rem;
      box-shadow:
        0 1px 2px #1d243314,
        0 8px 24px #1d243314;
    }
    h1 {
      margin: 0 0 1.25rem;
      font-size: 1.1rem;
      font-weight: 600;
    }
    .amount {
      margin: 0;
      font-size: 2.25rem;
      font-weight: 700;
      letter-spacing: -0.02em;
      overflow-wrap: anywhere;
    }
    .muted {
      margin: 0.25rem 0 0;
      color: #5b6478;
      overflow-wrap: anywhere;
    }
    .note {
      margin: 1.25rem 0 0;
      padding: 0.75rem 0.9rem;
      border-radius: 0.6rem;
      background: #eef1f7;
    }
    .note.good {
      background: #e3f6ea;
      color: #14532d;
    }
    .note.bad {
      background: #fdeaea;
      color: #7f1d1d;
    }
    form {
      margin: 1.5rem 0 0;
      display: grid;
      gap: 0.65rem;
    }
    button {
      min-height: 3rem;
      border: 1px solid #c9d0de;
      border-radius: 0.75rem;
      background: #fff;
      color: inherit;
      font: inherit;
      font-weight: 600;
      cursor: pointer;
    }
    button.primary {
      background: #1f4fd8;
      border-color: #1f4fd8;
      color: #fff;
    }
    button.quiet {
      border-color: transparent;
      background: none;
      color: #5b6478;
    }
    label {
      display: grid;
      gap: 0.35rem;
      font-weight: 600;
    }
    input {
      min-height: 3rem;
      width: 100%;
      padding: 0 0.9rem;
      border: 1px solid #c9d0de;
      border-radius: 0.75rem;
      font: inherit;
    }
    input:focus-visible,
    button:focus-visible {
      outline: 3px solid #9db7ff;
      outline-offset: 2px;
    }
  </style>
`

/** A whole document of one card, phone width first, with nothing to fetch. */
export function htmlPage(title: string, card: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${STYLE}
      </head>
      <body>
        <header>Sandbox: a stand-in for the gateway. No real money moves.</header>
        <main><div class="card">${card}</div></main>
      </body>
    </html>`.text
}
