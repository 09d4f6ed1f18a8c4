/** What is added to a file, with the lines around it; nothing is ever taken away. */

const around = 3

/** `+` before each new line, as `diff -u` has it. */
export function differences({
  file,
  before,
  after,
}: {
  file: string
  before: string
  after: string
}): string {
  const lines = marked(before.split("\n"), after.split("\n"))
  const shown = lines.map((_, index) =>
    lines.slice(Math.max(0, index - around), index + around + 1).some(({ mark }) => mark !== " ")
  )
  // Of a file of secrets only what is new is shown.
  const isOfSecrets = file.startsWith(".env")
  const printed = lines.flatMap(({ mark, text }, index) => {
    const isShown = isOfSecrets ? mark === "+" : shown[index]
    return isShown ? [`${mark} ${text}`] : []
  })
  return [`--- ${file}`, ...printed].join("\n")
}

type Line = { mark: " " | "+" | "-"; text: string }

/** The lines that both have in order are kept: of what was only added to, that is the first way that fits. */
function marked(before: readonly string[], after: readonly string[]): Line[] {
  const lines: Line[] = []
  let next = 0
  for (const text of after) {
    if (before[next] === text) {
      lines.push({ mark: " ", text })
      next += 1
      continue
    }
    const old = before[next]
    if (old !== undefined && text.startsWith(old.trimEnd()) && old.trim() !== "") {
      lines.push({ mark: "-", text: old })
      next += 1
    }
    lines.push({ mark: "+", text })
  }
  return [...lines, ...before.slice(next).map((text): Line => ({ mark: "-", text }))]
}
