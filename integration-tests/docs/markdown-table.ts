/** A table in Markdown, its columns as wide as their longest cell. */
export function markdownTable(
  titles: readonly string[],
  rows: readonly (readonly string[])[]
): string {
  const widths = titles.map((title, column) =>
    Math.max(title.length, 3, ...rows.map((row) => row[column]?.length ?? 0))
  )
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`
  const rule = widths.map((width) => "-".repeat(width))
  return [line(titles), line(rule), ...rows.map(line)].join("\n")
}

/** The same for cells that hold sentences: nobody would find a short one in a column as wide as the longest. */
export function narrowTable(
  titles: readonly string[],
  rows: readonly (readonly string[])[]
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`.replaceAll("|  |", "| |")
  return [line(titles), `|${titles.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n")
}
