/** The threat model as the page tells it: each threat, and the tests that are said to hold it. */
export type Threat = { title: string; tests: readonly NamedTest[] }

/** `name` as it stands in the test's file, `%s` and `$name` included. */
export type NamedTest = { file: string; name: string }

/** Each heading that has tests below it, with them. */
export function threatsIn(page: string): Threat[] {
  return page
    .split(/^## /m)
    .slice(1)
    .map((section) => ({ title: section.split("\n", 1)[0] ?? "", tests: testsIn(section) }))
}

/** Lines such as "- `file`", and below each "  - the test's name". */
function testsIn(section: string): NamedTest[] {
  let file = ""
  return section.split("\n").flatMap((line) => {
    file = /^- `([\w./-]+\.ts)`$/.exec(line)?.[1] ?? file
    const name = /^ {2}- (.+)$/.exec(line)?.[1]
    return name !== undefined && file !== "" ? [{ file, name }] : []
  })
}

/** Whether the text of a test's file declares a test of that name. */
export function declaresTest(text: string, name: string): boolean {
  const quoted = [`"${name}"`, `\`${name}\``]
  return quoted.some((literal) => {
    const at = text.indexOf(literal)
    return at >= 0 && /\(\s*$/.test(text.slice(0, at))
  })
}
