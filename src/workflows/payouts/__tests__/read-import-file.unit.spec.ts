import { type ImportFileContent, maxImportLines, readImportFile } from "../read-import-file"

const heading = "beneficiary_id,amount,currency_code,purpose"
const line = "poben_1,1500.00,PHP,Commission May"
const transfer = {
  beneficiary_id: "poben_1",
  amount: "1500.00",
  currency_code: "php",
  purpose: "Commission May",
}

/** What is read of a file, without the file as it stands. */
function read(content: ImportFileContent) {
  const { lines, problems } = readImportFile(content)
  return { lines, problems }
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
    expect(read(`${heading}\n${line}\n${line}\n`)).toEqual({
      lines: [
        { line: 2, transfer },
        { line: 3, transfer },
      ],
      problems: [],
    })
  })

  it("takes what spreadsheets write: a byte order mark, CRLF, quotes, empty lines and empty rows", () => {
    const csv = `\uFEFF${heading}\r\n\r\n"poben_1", 1500.00 ,php,"Commission, ""May"""\r\n,,,\r\n${line}`
    expect(read(csv)).toEqual({
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
    expect(read(csv).lines).toEqual([
      { line: 2, transfer: { ...transfer, idempotency_key: "may-1" } },
      { line: 3, transfer },
    ])
  })

  it.each(["No.", "S/N", "#", "R. br.", "Redni broj"])(
    "leaves out the numbers of the lines in a first column %j",
    (number) => {
      expect(read(`${number},${heading}\n1,${line}\n,${line}\n3,${line},\n`)).toEqual({
        lines: [
          { line: 2, transfer },
          { line: 3, transfer },
          { line: 4, transfer },
        ],
        problems: [],
      })
    }
  )

  it("leaves out what was numbered twice, such as refused lines in a sheet with numbers of its own", () => {
    expect(read(`#,line,${heading},reason\n1,7,${line},amount: is missing\n`)).toEqual({
      lines: [{ line: 2, transfer }],
      problems: [],
    })
  })

  it("reads a sheet of salaries under the headings of its own", () => {
    const csv = [
      "Sr. No.;Payee ID;Account title;Bank account number;Net pay;Currency;Particulars",
      "1;poben_1;Ana Cruz;000123456;1.500,00;PHP;Commission May",
    ].join("\n")
    const stated = { beneficiary_name: "Ana Cruz", account_number: "000123456" }
    expect(read(csv)).toEqual({ lines: [{ line: 2, transfer, stated }], problems: [] })
  })

  it("keeps counting lines where a cell goes over several", () => {
    const csv = `${heading}\npoben_1,1.00,PHP,"one\ntwo"\n${line}`
    expect(read(csv)).toMatchObject({
      lines: [{ line: 4, transfer }],
      problems: [
        {
          line: 2,
          message:
            'purpose: "one two" must be one line, without control or invisible characters: it holds a line break (U+000A)',
        },
      ],
    })
  })

  it.each([
    ["", "the file is empty"],
    ["\n\n", "the file is empty"],
    [heading, "no line under its heading"],
    [`${heading},Bonus\n${line},x`, 'there is no column "Bonus"'],
    [`No.,${heading},Gross pay\n1,${line},2`, 'there is no column "Gross pay"'],
    [`Net pay,${heading}\n1,${line}`, 'amount is there twice: "Net pay" and "amount"'],
    [`${heading},Account no.,Mobile number\n${line},1,2`, '"Account no." and "Mobile number"'],
    [heading.replaceAll(",", "|"), "with commas, semicolons or tabs between them"],
    [`sep=|\n${heading.replaceAll(",", "|")}\n`, "by a comma, a semicolon or a tab, not by this"],
    [`Iznos,${heading}\n${line},1`, 'amount is there twice: "Iznos" and "amount"'],
    [`${heading},amount\n${line},1`, "the column amount is there twice"],
    ["beneficiary_id,amount\npoben_1,1", "missing: currency_code, purpose"],
    [`${heading}\n${line}\npoben_1,"1,PHP,x`, "a quote is opened here and never closed"],
  ])("refuses a file as a whole: %j", (csv, words) => {
    const { lines, problems } = readImportFile(csv)
    expect(lines).toEqual([])
    expect(problems).toMatchObject([
      { line: expect.any(Number), message: expect.stringContaining(words) },
    ])
  })

  it.each([
    ["of a thousand known columns", "amount,".repeat(1_000), "the heading has 1000 cells"],
    ["of ten columns of one kind", "amount,".repeat(10), "the column amount is there twice"],
  ])("says in a sentence what is wrong with a heading %s", (_name, columns, problem) => {
    const { problems } = readImportFile(`${columns}\n1`)
    expect(problems).toMatchObject([{ line: 1, message: expect.stringContaining(problem) }])
    expect(problems[0]!.message.length).toBeLessThan(400)
  })

  it("names the line where a quote is left open", () => {
    const { problems } = readImportFile(`${heading}\n${line}\npoben_1,"1,PHP,x\n${line}\n${line}`)
    expect(problems[0]?.line).toBe(3)
  })

  it("takes the most lines there may be, and refuses one more", () => {
    const most = Array.from({ length: maxImportLines }, () => line)
    expect(read([heading, ...most].join("\n")).lines).toHaveLength(maxImportLines)
    expect(read([heading, ...most, line, line].join("\n"))).toMatchObject({
      lines: [],
      problems: [
        { line: 1_002, message: "a file may hold 1,000 transfers and this one goes on; split it" },
      ],
    })
  })

  it.each<[string, string]>([
    ["1,500.00", "It has a comma: write nothing between thousands"],
    ["1.500.000", "It has several points: write nothing between thousands"],
    ["1,50,000.00", "It has a comma"],
    ["1 500", "It has a blank: write nothing between thousands"],
    ["1\u00a0500", "It has a blank (U+00A0)"],
    ["1e3", "It has an exponent"],
    ["1.5E+06", "It has an exponent"],
    ["=1+1", "It is a formula"],
    ["#VALUE!", "It is a formula of a spreadsheet, or its error"],
    ["₱250.00", "It has the currency sign ₱"],
    ["€ 5", "It has the currency sign €"],
    ["$5", "It has the currency sign $"],
    ["Rs 500", "It has letters: the currency has a field of its own"],
    ["0x10", "It has letters"],
    ["١٢", "It has the Arabic digit ١ (U+0661)"],
    ["４０", "It has the fullwidth digit ４ (U+FF14)"],
    ["4\u200b0", "It has an invisible blank without width (U+200B)"],
    ["1\u22125", "It has the character −"],
    ["007", "It begins with a needless zero"],
    ...["+5", "-5", "(5)", ".5", "5.", "1.123456789"].map((amount): [string, string] => [
      amount,
      "",
    ]),
  ])("guesses nothing of the amount %j, and says %j", (amount, reason) => {
    const [problem, ...others] = problemsOf({ amount })
    expect(others).toEqual([])
    expect(problem).toContain(
      "must be plain digits with a point before the decimals, such as 1500.00"
    )
    expect(problem).toContain(reason)
  })

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

  it.each(["=1+1", "+cmd", "-2", "@SUM(A1)", "＝1", "\t=1+1", "'=1+1"])(
    "refuses the purpose %j, a formula to a spreadsheet",
    (purpose) => {
      expect(problemsOf({ purpose }).join()).toContain("takes for a formula")
    }
  )

  it.each([
    ["a\nb", "a line break"],
    ["a\u2028b", "a line break"],
    ["a\tb", "a tab"],
    ["a\u0007b", "a control character (U+0007)"],
    ["a\uffffb", "a character that shows nothing (U+FFFF)"],
  ])("refuses the purpose %j, which is not one line of text, by %s", (purpose, name) => {
    expect(problemsOf({ purpose }).join()).toContain(`it holds ${name}`)
  })

  it("takes a purpose without what nobody sees in it, and its letters whole", () => {
    const purpose = "\u202aKomisyon\u200b\u00a0Hun\u00adyo\ufe0f e\u0301\u202c"
    const { lines } = readImportFile(`${heading}\npoben_1,1,PHP,${purpose}`)
    expect(lines[0]?.transfer.purpose).toBe("Komisyon Hunyo é")
  })

  it("refuses a purpose and a key that are too long", () => {
    expect(problemsOf({ purpose: "x".repeat(256) }).join()).toContain("at most 255 characters")
    expect(problemsOf({ idempotency_key: "x".repeat(256) }).join()).toContain("at most 255")
  })

  it("refuses the same idempotency key in two lines, at the second", () => {
    const csv = `${heading},idempotency_key\n${line},may-1\n${line},may-1\n`
    const { lines, problems } = readImportFile(csv)
    expect(lines.map((one) => one.line)).toEqual([2])
    expect(problems).toMatchObject([{ line: 3, message: "idempotency_key: stands in line 2 too" }])
  })

  it("says what may have happened where a line has more cells than the heading", () => {
    const { problems } = readImportFile(`${heading}\npoben_1,1,500.00,PHP,Commission`)
    expect(problems).toMatchObject([
      {
        line: 2,
        message:
          "has 5 cells where the heading has 4. A text with a comma in it stands in quotes; an amount has no comma",
      },
    ])
  })

  it.each([
    ["idempotency_key", "poben_1;1;PHP;Refund; delivery;"],
    ["account_number;external_id;", "poben_1;1;PHP;Refund; delivery;;;"],
    ["beneficiary_name", "poben_1;1;PHP;Refund; delivery;Ana"],
  ])("is not taken for whole where a purpose broke into the column %s", (column, row) => {
    const { lines, problems } = readImportFile(`${heading.replaceAll(",", ";")};${column}\n${row}`)
    expect(lines).toEqual([])
    expect(problems[0]?.message).toContain("A text with a semicolon in it stands in quotes")
  })

  it("takes a quote in the middle of a cell for itself", () => {
    const { lines } = readImportFile(`${heading}\npoben_1,1,PHP,12" screen\n${line}`)
    expect(lines.map(({ transfer }) => transfer.purpose)).toEqual(['12" screen', "Commission May"])
  })
})

describe("a sheet as a spreadsheet saves it", () => {
  const rowsBelow = (text: string) => {
    const { lines, problems } = readImportFile(text)
    return problems.length > 0 ? problems : lines.map((one) => one.transfer)
  }

  it.each([
    ["commas", `${heading}\n${line}`],
    ["semicolons", `${heading}\n${line}`.replaceAll(",", ";")],
    ["tabs", `${heading}\n${line}`.replaceAll(",", "\t")],
    ["semicolons, as its first line says", `sep=;\r\n${heading}\r\n${line}`.replaceAll(",", ";")],
    ["quotes around everything", `"${`${heading}\n${line}`.replace(/[,\n]/g, '"$&"')}"`],
    ["other headings", `Payee ID,AMOUNT,Currency,Description\n${line}`],
    [
      "Croatian headings",
      `ID primatelja;IZNOS;Valuta;Svrha plaćanja\n${line.replaceAll(",", ";")}`,
    ],
    ["accents in two parts", `šifra primatelja,iznos,valuta,svrha plac\u0301anja\n${line}`],
    [
      "blanks and signs in the headings",
      `\u00a0Beneficiary-ID , amount:,currency code,"Purpose "\n${line}`,
    ],
    ["empty columns at the end", `${heading},,\n${line},,\n,,,,,`],
    ["fewer of them in some lines", `${heading},,,\n${line}`],
    [
      "an empty column in the middle",
      `beneficiary_id,,amount,currency_code,purpose\n${line.replace(",", ",,")}`,
    ],
    ["no last optional cell", `${heading},idempotency_key\n${line}`],
    ["rows of blanks that can't be seen", `${heading}\n\u00a0,\u200b,,\n${line}\n\u3164`],
  ])("is read with %s", (_what, text) => {
    expect(rowsBelow(text)).toEqual([transfer])
  })

  it("counts the line that says what parts the cells", () => {
    const { problems } = readImportFile(`sep=;\n${heading.replaceAll(",", ";")}\npoben_1;x;PHP;y`)
    expect(problems.map((one) => one.line)).toEqual([3])
  })

  it("refuses what stands under an empty heading, and a cell that is missing in the middle", () => {
    expect(rowsBelow(`${heading},,\n${line},,x`)).toMatchObject([
      { line: 2, message: expect.stringContaining("has something under an empty heading") },
    ])
    expect(rowsBelow(`${heading},\n${line},,x`)).toMatchObject([
      { line: 2, message: expect.stringContaining("has 6 cells where the heading has 5") },
    ])
    expect(rowsBelow(`${heading}\npoben_1,1.00`)).toMatchObject([
      { line: 2, message: expect.stringContaining("has 2 cells where the heading has 4") },
    ])
  })

  it.each([
    ["1.500,00", "1500.00"],
    ["1.234.567,5", "1234567.5"],
    ["1500,00", "1500.00"],
    ["0,99", "0.99"],
    ["250,5", "250.5"],
    ["1500.00", "1500.00"],
    ["1500", "1500"],
    ["\u00a01500,00\u00a0", "1500.00"],
  ])("with semicolons has the amount %j as %j", (written, amount) => {
    const text = `${heading.replaceAll(",", ";")}\npoben_1;${written};EUR;x`
    expect(rowsBelow(text)).toMatchObject([{ amount }])
  })

  it.each([
    ["1.500", "can be read in two ways"],
    ["1.500.000", "can be read in two ways"],
    ["1.50,00", "a comma may stand before the decimals"],
    ["15.00,00", "a comma may stand before the decimals"],
    ["1,500.00", "a comma may stand before the decimals"],
    ["1,500,000", "a comma may stand before the decimals"],
    ["1.500,00 €", "It has the currency sign €"],
    ["0.500,00", "needless zero"],
    ["៤០០,០០", "the Khmer digit ៤"],
  ])("with semicolons refuses the amount %j", (written, reason) => {
    const text = `${heading.replaceAll(",", ";")}\npoben_1;${written};EUR;x`
    expect(rowsBelow(text)).toMatchObject([{ line: 2, message: expect.stringContaining(reason) }])
  })

  it.each([",", "\t"])("has no decimal comma where %j parts the cells", (sign) => {
    const text = `${heading.replaceAll(",", sign)}\npoben_1${sign}"1500,00"${sign}EUR${sign}x`
    expect(rowsBelow(text)).toMatchObject([
      { line: 2, message: expect.stringContaining("has a comma") },
    ])
  })

  it.each(["1.00E+05", "3.00123E09", "20260115.0", '="may-1"', "#REF!"])(
    "refuses the key %j, which another key may have become as well",
    (idempotency_key) => {
      expect(problemsOf({ idempotency_key }).join()).toContain("was spoiled by a spreadsheet")
    }
  )

  it("may have been exported, with a quote before what looks like a formula", () => {
    const text = `${heading},account_number\n${line},'+923001234567`
    expect(readImportFile(text).lines[0]?.stated).toEqual({ account_number: "+923001234567" })
  })

  it("says by their last places which account numbers a spreadsheet spoiled", () => {
    const cells = [
      "3.00123E+09",
      "3211234567.0",
      '="03451234567"',
      "3,211,234,567",
      "#N/A",
      "٠٣٠٠1234567",
    ]
    const rows = cells.map((cell) => `${line},"${cell.replaceAll('"', '""')}"`)
    const { lines, problems } = readImportFile([`${heading},account_number`, ...rows].join("\n"))
    expect(lines).toEqual([])
    const messages = problems.map(({ message }) => message)
    expect(messages.slice(0, 5).join("\n")).not.toMatch(/3211234|0345123/)
    expect(messages).toEqual([
      ...Array.from({ length: 5 }, () => expect.stringContaining("Format the column as text")),
      expect.stringContaining(
        "holds the Arabic digit ٠ (U+0660): type it anew, with the digits 0 to 9"
      ),
    ])
    expect(messages[0]).toMatch(/^account_number: "••••E\+09" was spoiled by a spreadsheet/)
  })

  it.each(["purpose", "amount", "beneficiary_id", "currency_code"])(
    "says of a very long %s that it is one, and does not repeat it",
    (column) => {
      const cells = { ...transfer, [column]: "1".repeat(500_000) }
      const [problem = "", ...others] = problemsOf(cells)
      expect(others).toEqual([])
      expect(problem.length).toBeLessThan(200)
    }
  )

  it("names one account for each beneficiary: of two, none is compared", () => {
    const rows = ["0300-1234567", "03001234567", "03001234568"].map((number) => `${line},${number}`)
    const same = readImportFile([`${heading},account`, ...rows.slice(0, 2)].join("\n"))
    expect(same.problems).toMatchObject([])
    const { lines, problems } = readImportFile([`${heading},account`, ...rows].join("\n"))
    expect(lines).toEqual([])
    expect(problems.map((one) => one.line)).toEqual([2, 3, 4])
    expect(problems[0]?.message).toContain("the file has several account numbers for poben_1")
  })
})
