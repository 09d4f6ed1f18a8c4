import { dirname, join, normalize } from "node:path/posix"

export type Route = {
  /** As its folder is called, such as `/admin/orders/[id]`. */
  path: string
  methods: readonly string[]
}

/** What there is, for the docs to name. */
export type Known = {
  /** Paths from the root of the repository. */
  files: readonly string[]
  /** All words of the code. */
  words: ReadonlySet<string>
  /** All texts of the code that stand in quotes. */
  texts: ReadonlySet<string>
  /** The scripts of package.json. */
  commands: readonly string[]
  routes: readonly Route[]
  options: {
    providers: Readonly<Record<string, readonly string[]>>
    "payout-providers": Readonly<Record<string, readonly string[]>>
  }
}

export type Doc = { path: string; text: string }

/** What a document names and does not exist: links, files, options, routes, events, commands, names of the code. */
export function problemsOf(doc: Doc, docs: readonly Doc[], known: Known): string[] {
  const spans = codeSpans(doc.text)
  return [
    ...wrongLinks(doc, docs, known),
    ...spans.filter((span) => isWrongFile(span, known)).map((span) => `no such file: ${span}`),
    ...wrongCommands(doc, known),
    ...spans.filter((span) => isWrongRoute(span, known)).map((span) => `no such route: ${span}`),
    ...spans.filter((span) => isWrongEvent(span, known)).map((span) => `no such event: ${span}`),
    ...spans.filter((span) => isWrongName(span, known)).map((span) => `no such name: ${span}`),
    ...wrongOptionBlocks(doc, known),
  ]
}

/** Texts in single backticks, outside of blocks. */
function codeSpans(text: string): string[] {
  return [...withoutBlocks(text).matchAll(/`([^`]+)`/g)].map(([, span]) =>
    (span ?? "").replace(/\s+/g, " ")
  )
}

function withoutBlocks(text: string): string {
  return text.replace(/^ *```[^]*?^ *```$/gm, "")
}

function blocks(text: string): string[] {
  return [...text.matchAll(/^ *```\w*\n([^]*?)^ *```$/gm)].map(([, block]) => block ?? "")
}

function wrongLinks({ path, text }: Doc, docs: readonly Doc[], { files }: Known): string[] {
  const targets = [...withoutBlocks(text).matchAll(/\]\(([^)\s]+)\)/g)].map(
    ([, target]) => target ?? ""
  )
  return targets
    .filter((target) => !/^https?:/.test(target))
    .filter((target) => {
      const [file = "", anchor] = target.split("#")
      const full = file === "" ? path : normalize(join(dirname(path), file))
      const linked = docs.find((doc) => doc.path === full)
      const isThere = linked !== undefined || files.includes(full)
      return (
        !isThere || (anchor !== undefined && linked && !anchorsOf(linked.text).includes(anchor))
      )
    })
    .map((target) => `no such link: ${target}`)
}

/** As GitHub makes them of headings. */
function anchorsOf(text: string): string[] {
  return [...withoutBlocks(text).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    (heading ?? "")
      .toLowerCase()
      .replace(/[^\w\- ]/g, "")
      .replace(/ /g, "-")
  )
}

const rootFolders = /^(?:src|docs|integration-tests|demo|benchmarks)\//

/** By the end of its path; `*` and `<gateway>` stand for anything. */
function isWrongFile(span: string, { files }: Known): boolean {
  if (!/^[\w./@*<>[\]{},-]+$/.test(span) || span.startsWith("/")) {
    return false
  }
  const isFile = /[\w>*]\.(?:ts|tsx|mjs|cjs|js|json|md)$/.test(span)
  // What is not kept in git, and the end of a name alone, is not looked for.
  if ((!isFile && !rootFolders.test(span)) || /(?:^|\/)\.[\w.]+$/.test(span)) {
    return false
  }
  const pattern = span
    .replace(/\/$/, "")
    .replace(/[.[\]{}]/g, "\\$&")
    .replace(/<\w+>/g, "[^/]+")
    .replace(/\*\*\//g, "@@")
    .replace(/\*/g, "[^/]*")
    .replace(/@@/g, "(?:.*/)?")
  const named = new RegExp(`(?:^|/)${pattern}${isFile ? "$" : "(?:/|$)"}`)
  return !files.some((file) => named.test(file))
}

function wrongCommands({ text }: Doc, { commands }: Known): string[] {
  const named = [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(test)\b)/g)].map(
    ([, script, test]) => script ?? test ?? ""
  )
  return named
    .filter((script) => !commands.includes(script))
    .map((script) => `no such command: npm run ${script}`)
}

/** A method and a path, or a path below one of Medusa's or ours; `...` stands for what was named before. */
function isWrongRoute(span: string, { routes }: Known): boolean {
  const [, method, path] =
    /^(?:(GET|POST|DELETE)(?: or [A-Z]+)? )?((?:\.\.\.)?\/[^\s?]*)$/.exec(span) ?? []
  if (
    path === undefined ||
    (method === undefined && !/^\/(?:admin|store|hooks|payments)\//.test(path)) ||
    /^(?:\/_sandbox\/|\.\.\.\/$)/.test(path) // of the stand-ins
  ) {
    return false
  }
  const named = path
    .replace(/^\.\.\./, "")
    .split("/")
    .slice(1)
  return !routes.some((route) => {
    const parts = route.path.split("/").slice(1)
    return method === undefined
      ? isSameEnd(parts.slice(0, named.length), named) // it may be the beginning of several
      : route.methods.includes(method) && isSameEnd(parts, named)
  })
}

/** A part of a route that differs from call to call is matched by `:id`, `<id>` or a provider's own name alone. */
function isSameEnd(route: readonly string[], named: readonly string[]): boolean {
  const end = route.slice(-named.length)
  return (
    end.length === named.length &&
    end.every((part, index) => {
      const word = named[index] ?? ""
      return part.startsWith("[") ? /^(?::|<|[a-z]+_)/.test(word) : part === word
    })
  )
}

/** Names of Medusa's, of libraries and of what was considered and not taken. */
const foreignNames: readonly string[] = [
  "ConsecutiveBreaker",
  "deletePaymentMethods",
  "listPaymentMethods",
  "registerOtel",
]

const eventName = /^(?:payment|payout|order|mocopay)(?:\.[a-z_]+)*\.(?:[a-z_]+|<\w+>)$/

function isWrongEvent(span: string, { texts }: Known): boolean {
  if (!eventName.test(span)) {
    return false
  }
  const prefix = span.replace(/<\w+>$/, "")
  return span.endsWith(">") ? ![...texts].some((text) => text.startsWith(prefix)) : !texts.has(span)
}

/** Names in the ways of the code: `camelCase`, `snake_case`, `PascalCase`, with what stands behind `:` left out. */
function isWrongName(span: string, { words }: Known): boolean {
  const name = /^(\w+)(?:\(.*|: .*)?$/.exec(span)?.[1]
  const isName =
    name !== undefined && /[a-z]/.test(name) && (/_/.test(name) || /[a-z][A-Z]/.test(name))
  // A reference or a provider's id is made up; a number with a mark in it is none.
  return (
    isName && !/\d{3}|^p[po]_|_$/.test(name) && !words.has(name) && !foreignNames.includes(name)
  )
}

/** The options in examples of a shop's config. */
function wrongOptionBlocks({ text }: Doc, { options }: Known): string[] {
  return blocks(text).flatMap((block) =>
    [...block.matchAll(providerCall)].flatMap(([, name = "", rest = ""]) => {
      const [kind, provider] = providerFunctions[name] ?? ["providers", name]
      const known = options[kind][provider] ?? []
      return keysOfFirstObject(rest)
        .filter((key) => key !== "id" && !known.includes(key))
        .map((key) => `no such option of ${provider}: ${key}`)
    })
  )
}

/** What src/index.ts exports for the providers of a shop's config. */
const providerFunctions: Readonly<
  Record<string, readonly ["providers" | "payout-providers", string]>
> = {
  mocasa: ["providers", "mocasa"],
  mocopay: ["providers", "mocopay"],
  kess: ["providers", "kess"],
  cashy: ["providers", "cashy"],
  paymentz: ["providers", "paymentz"],
  mocasaPayouts: ["payout-providers", "mocasa"],
  cashyPayouts: ["payout-providers", "cashy"],
  paymentzPayouts: ["payout-providers", "paymentz"],
  bankFile: ["payout-providers", "bank-file"],
}

const providerCall = new RegExp(
  `\\b(${Object.keys(providerFunctions).join("|")})\\(\\{(?=([^]*))`,
  "g"
)

/** The keys of the object whose inside begins here. */
function keysOfFirstObject(text: string): string[] {
  let depth = 0
  const keys: string[] = []
  for (const [token, key] of text.matchAll(/(\w+): |[{}[\]]|"[^"]*"/g)) {
    if (token === "{" || token === "[") {
      depth += 1
    } else if (token === "}" || token === "]") {
      depth -= 1
    } else if (depth === 0 && key) {
      keys.push(key)
    }
    if (depth < 0) {
      return keys
    }
  }
  return keys
}
