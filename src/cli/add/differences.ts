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

/** The lines that both have in the same order are kept, as many as there are. */
function marked(before: readonly string[], after: readonly string[]): Line[] {
  const common = commonLines(before, after)
  const lines: Line[] = []
  let [old, next] = [0, 0]
  while (old < before.length || next < after.length) {
    const [was, is] = [before[old], after[next]]
    if (was !== undefined && was === is) {
      lines.push({ mark: " ", text: was })
      old += 1
      next += 1
    } else if (was !== undefined && common(old + 1, next) >= common(old, next + 1)) {
      lines.push({ mark: "-", text: was })
      old += 1
    } else if (is !== undefined) {
      lines.push({ mark: "+", text: is })
      next += 1
    }
  }
  return lines
}

/**
 * The length of the longest common subsequence, of what stands behind a line of each.
 *
 * @returns 0 behind the last line of either
 */
function commonLines(
  before: readonly string[],
  after: readonly string[]
): (old: number, next: number) => number {
  const lengths = before.map(() => after.map(() => 0))
  const length = (old: number, next: number) => lengths[old]?.[next] ?? 0
  for (const [old, lengthsFrom] of [...lengths.entries()].reverse()) {
    for (let next = after.length - 1; next >= 0; next -= 1) {
      lengthsFrom[next] =
        before[old] === after[next]
          ? length(old + 1, next + 1) + 1
          : Math.max(length(old + 1, next), length(old, next + 1))
    }
  }
  return length
}
