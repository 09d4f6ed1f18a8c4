const COLUMNS = /** @type {const} */ ([
  { key: "gateway", title: "gateway", width: 10 },
  { key: "paid", title: "paid", width: 14 },
  { key: "confirmed", title: "confirmed by", width: 21 },
  { key: "refunded", title: "refunded", width: 31 },
  { key: "ledger", title: "its ledger", width: 16 },
])

/** @typedef {Record<typeof COLUMNS[number]["key"], string>} Row */

/** @param {readonly Partial<Row>[]} rows */
export function table(rows) {
  const titles = Object.fromEntries(COLUMNS.map(({ key, title }) => [key, title]))
  const rule = COLUMNS.map(({ width }) => "-".repeat(width)).join("  ")
  return [line(titles), rule, ...rows.map(line)].join("\n")
}

/** @param {Partial<Row>} row */
function line(row) {
  const wrapped = COLUMNS.map(({ key, width }) => wrap(row[key] ?? "-", width))
  const height = Math.max(...wrapped.map((lines) => lines.length))
  return Array.from({ length: height }, (_, index) =>
    COLUMNS.map(({ width }, column) => (wrapped[column]?.[index] ?? "").padEnd(width))
      .join("  ")
      .trimEnd()
  ).join("\n")
}

/**
 * Between words, which a space parts; a word that is longer than a line is cut.
 *
 * @param {string} text lines that are there stay
 * @param {number} width
 */
export function wrap(text, width) {
  return text.split("\n").flatMap((line) => wrapLine(line, width))
}

/** @param {string} text @param {number} width */
function wrapLine(text, width) {
  const lines = [""]
  for (const word of text
    .split(/ +/)
    .flatMap((long) => long.match(new RegExp(`.{1,${width}}`, "g")) ?? [])) {
    const last = lines[lines.length - 1] ?? ""
    if (last === "") lines[lines.length - 1] = word
    else if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
