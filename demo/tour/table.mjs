const COLUMNS = /** @type {const} */ ([
  { title: "step", width: 23 },
  { title: "Medusa says", width: 41 },
  { title: "the gateway's ledger says", width: 25 },
])
const MS_WIDTH = 5

/** @param {readonly import("./take-steps.mjs").Row[]} rows */
export function table(rows) {
  const rule = [...COLUMNS.map(({ width }) => "-".repeat(width)), "-".repeat(MS_WIDTH)].join("  ")
  return [
    line(
      COLUMNS.map(({ title }) => title),
      "ms"
    ),
    rule,
    ...rows.map(({ name, medusa, gateway, ms }) => line([name, medusa, gateway], ms.toFixed(0))),
  ].join("\n")
}

/** @param {string[]} cells @param {string} ms */
function line(cells, ms) {
  const wrapped = COLUMNS.map(({ width }, index) => wrap(cells[index] ?? "", width))
  const height = Math.max(...wrapped.map((lines) => lines.length))
  return Array.from({ length: height }, (_, row) =>
    [
      ...COLUMNS.map(({ width }, index) => (wrapped[index]?.[row] ?? "").padEnd(width)),
      (row === 0 ? ms : "").padStart(MS_WIDTH),
    ]
      .join("  ")
      .trimEnd()
  ).join("\n")
}

/**
 * Between words; a word that is longer than a line is cut.
 *
 * @param {string} text
 * @param {number} width
 */
export function wrap(text, width) {
  const lines = [""]
  for (const word of text
    .split(/\s+/)
    .flatMap((long) => long.match(new RegExp(`.{1,${width}}`, "g")) ?? [])) {
    const last = lines[lines.length - 1] ?? ""
    if (last === "") lines[lines.length - 1] = word
    else if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
