const VISIT = /** @type {const} */ ([
  { key: "gateway", title: "gateway", width: 10 },
  { key: "paid", title: "paid", width: 14 },
  { key: "confirmed", title: "confirmed by", width: 21 },
  { key: "refunded", title: "refunded", width: 31 },
  { key: "ledger", title: "its ledger", width: 16 },
])

const CHORE = /** @type {const} */ ([
  { key: "chore", title: "the owner's part", width: 27 },
  { key: "result", title: "what came of it", width: 31 },
  // As wide as the longest address, which must not be cut: people open it.
  { key: "page", title: "where to look", width: 64 },
])

/** @typedef {Record<typeof VISIT[number]["key"], string>} Row */
/** @typedef {Record<typeof CHORE[number]["key"], string>} ChoreRow */
/** @typedef {readonly { key: string, title: string, width: number }[]} Columns */

/** @param {readonly Partial<Row>[]} rows */
export function table(rows) {
  return draw(VISIT, rows)
}

/** @param {readonly ChoreRow[]} rows */
export function choreTable(rows) {
  return draw(CHORE, rows)
}

/** @param {Columns} columns @param {readonly Readonly<Record<string, string>>[]} rows */
function draw(columns, rows) {
  const titles = Object.fromEntries(columns.map(({ key, title }) => [key, title]))
  const rule = columns.map(({ width }) => "-".repeat(width)).join("  ")
  return [line(columns, titles), rule, ...rows.map((row) => line(columns, row))].join("\n")
}

/** @param {Columns} columns @param {Readonly<Record<string, string>>} row */
function line(columns, row) {
  const wrapped = columns.map(({ key, width }) => wrap(row[key] ?? "-", width))
  const height = Math.max(...wrapped.map((lines) => lines.length))
  return Array.from({ length: height }, (_, index) =>
    columns
      .map(({ width }, column) => (wrapped[column]?.[index] ?? "").padEnd(width))
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
