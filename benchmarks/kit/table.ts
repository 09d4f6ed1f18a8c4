import type { ComparedSubject, Comparison } from "./comparison"
import type { Summary } from "./statistics"

/** The comparison as lines for a person. */
export function table(comparison: Comparison): string {
  const { title, note, comparedWith, subjects } = comparison
  const head = [
    "",
    "per second",
    "us each",
    "middle half",
    "CPU us",
    "least",
    ...comparedWith.flatMap((name) => [`x ${name}`, "CPU", "least"]),
  ]
  const lines = aligned([head, ...subjects.map((subject) => row(subject, comparedWith))])
  return [title, note, "", ...lines.map((line) => `  ${line}`)].join("\n")
}

function row(subject: ComparedSubject, comparedWith: readonly string[]): string[] {
  const { name, perSecond, time, cpu, leastCpu, ratios } = subject
  return [
    name,
    Math.round(perSecond).toLocaleString("en-US"),
    time.median.toFixed(1),
    `${time.low.toFixed(1)} - ${time.high.toFixed(1)}`,
    cpu.median.toFixed(1),
    leastCpu.toFixed(1),
    ...comparedWith.flatMap((other) => {
      const ratio = ratios[other]
      return ratio === undefined || other === name
        ? ["1", "1", "1"]
        : [withSpread(ratio.time), ratio.cpu.median.toFixed(2), ratio.leastCpu.toFixed(2)]
    }),
  ]
}

function withSpread({ median, low, high }: Summary): string {
  return `${median.toFixed(2)} (${low.toFixed(2)} - ${high.toFixed(2)})`
}

/** The first column to the left, numbers to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => (cells[column] ?? "").length))
  )
  return rows.map((cells) =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0
        return column === 0 ? cell.padEnd(width) : cell.padStart(width)
      })
      .join("   ")
      .trimEnd()
  )
}
