import { maxImportLines, readImportFile } from "../read-import-file"

const heading = "beneficiary_id,amount,currency_code,purpose"
const line = "poben_1,1500.00,PHP,Commission May"
const transfer = {
  beneficiary_id: "poben_1",
  amount: "1500.00",
  currency_code: "php",
  purpose: "Commission May",
}

/** What is said of the first line under the heading, with one cell written otherwise. */
function problemsOf(cells: Partial<typeof transfer> & { idempotency_key?: string }): string[] {
  const all = { ...transfer, ...cells }
  const quoted = Object.values(all).map((cell) => `"${cell.replaceAll('"', '""')}"`)
  const { problems } = readImportFile(`${Object.keys(all).join(",")}\n${quoted.join(",")}`)
  return problems.map(({ message }) => message)
}

describe("reading a file of transfers", () => {
  it("takes each line with its number in the file", () => {
    expect(readImportFile(`${heading}\n${line}\n${line}\n`)).toEqual({
      lines: [
        { line: 2, transfer },
        { line: 3, transfer },
      ],
      problems: [],
    })
  })

  it("takes what spreadsheets write: a byte order mark, CRLF, quotes, empty lines and empty rows", () => {
    const csv = `\uFEFF${heading}\r\n\r\n"poben_1", 1500.00 ,php,"Commission, ""May"""\r\n,,,\r\n${line}`
    expect(readImportFile(csv)).toEqual({
      lines: [
        { line: 3, transfer: { ...transfer, purpose: 'Commission, "May"' } },
        { line: 5, transfer },
      ],
      problems: [],
    })
  })

  it("takes the columns in any order, and a key where one is given", () => {
    const csv = [
      "idempotency_key,purpose,amount,beneficiary_id,currency_code",
      "may-1,Commission May,1500.00,poben_1,PHP",
      ",Commission May,1500.00,poben_1,PHP",
    ].join("\n")
    expect(readImportFile(csv).lines).toEqual([
      { line: 2, transfer: { ...transfer, idempotency_key: "may-1" } },
      { line: 3, transfer },
    ])
  })

  it("keeps counting lines where a cell goes over several", () => {
    const csv = `${heading}\npoben_1,1.00,PHP,"one\ntwo"\n${line}`
    expect(readImportFile(csv)).toEqual({
      lines: [{ line: 4, transfer }],
      problems: [
        {
          line: 2,
          message: 'purpose: "one two" must be one line, without control or invisible characters',
        },
      ],
    })
  })

  it.each([
    ["", "the file is empty"],
    ["\n\n", "the file is empty"],
    [heading, "no line under its heading"],
    [`${heading},IBAN\n${line},x`, 'there is no column "IBAN"'],
    [`${heading.replaceAll(",", ";")}\n`, "with commas between them"],
    [`Amount,${heading}\n`, 'there is no column "Amount"'],
    [`${heading},amount\n${line},1`, "the column amount is there twice"],
    ["beneficiary_id,amount\npoben_1,1", "missing: currency_code, purpose"],
    [`${heading}\n${line}\npoben_1,"1,PHP,x`, "a quote is opened here and never closed"],
    [`${heading}\npoben_1,1,PHP,12" screen`, "a quote stands in the middle of a cell"],
    [`${heading}\npoben_1,1,PHP,"12" screen`, "a quote stands in the middle of a cell"],
  ])("refuses a file as a whole: %j", (csv, words) => {
    const { lines, problems } = readImportFile(csv)
    expect(lines).toEqual([])
    expect(problems).toEqual([
      { line: expect.any(Number), message: expect.stringContaining(words) },
    ])
  })

  it("names the line where a quote is left open", () => {
    const { problems } = readImportFile(`${heading}\n${line}\npoben_1,"1,PHP,x`)
    expect(problems[0]?.line).toBe(3)
  })

  it("takes the most lines there may be, and refuses one more", () => {
    const most = Array.from({ length: maxImportLines }, () => line)
    expect(readImportFile([heading, ...most].join("\n")).lines).toHaveLength(maxImportLines)
    expect(readImportFile([heading, ...most, line, line].join("\n"))).toEqual({
      lines: [],
      problems: [
        { line: 1_002, message: "a file may hold 1,000 transfers and this one goes on; split it" },
      ],
    })
  })

  it.each(["1,500.00", "1e3", "+5", "-5", ".5", "5.", "0x10", "١٢", "1 500", "007", "1.123456789"])(
    "guesses nothing of the amount %j",
    (amount) => {
      expect(problemsOf({ amount })).toEqual([
        `amount: "${amount}" must be plain digits with a point before the decimals, such as 1500.00`,
      ])
    }
  )

  it.each(["0", "0.00"])("refuses the amount %j", (amount) => {
    expect(problemsOf({ amount })).toEqual([`amount: "${amount}" must be above zero`])
  })

  it("tells each column that is missing or wrong, once", () => {
    expect(problemsOf({ beneficiary_id: " ", amount: "", currency_code: "pesos" })).toEqual([
      "beneficiary_id: is missing",
      "amount: is missing",
      'currency_code: "pesos" must be a currency of three letters, such as PHP',
    ])
  })

  it.each(["=1+1", "+cmd", "-2", "@SUM(A1)", "＝1", "\t=1+1"])(
    "refuses the purpose %j, a formula to a spreadsheet",
    (purpose) => {
      expect(problemsOf({ purpose }).join()).toContain("takes for a formula")
    }
  )

  it.each(["a\u0000b", "a\u202Eb", "a\u200Bb", "a\nb"])(
    "refuses the purpose %j, which reads as something else",
    (purpose) => {
      expect(problemsOf({ purpose }).join()).toContain("control or invisible characters")
    }
  )

  it("refuses a purpose and a key that are too long", () => {
    expect(problemsOf({ purpose: "x".repeat(256) }).join()).toContain("at most 255 characters")
    expect(problemsOf({ idempotency_key: "x".repeat(256) }).join()).toContain("at most 255")
  })

  it("refuses the same idempotency key in two lines, at the second", () => {
    const csv = `${heading},idempotency_key\n${line},may-1\n${line},may-1\n`
    const { lines, problems } = readImportFile(csv)
    expect(lines.map((one) => one.line)).toEqual([2])
    expect(problems).toEqual([{ line: 3, message: "idempotency_key: stands in line 2 too" }])
  })

  it("says what may have happened where a line has more cells than the heading", () => {
    const { problems } = readImportFile(`${heading}\npoben_1,1,500.00,PHP,Commission`)
    expect(problems).toEqual([
      { line: 2, message: expect.stringContaining("an amount has no comma") },
    ])
  })
})
