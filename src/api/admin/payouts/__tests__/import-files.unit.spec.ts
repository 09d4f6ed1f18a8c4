import { Writable } from "node:stream"
import { offeredColumns } from "../../../../workflows/payouts/import-columns"
import { readImportFile } from "../../../../workflows/payouts/read-import-file"
import { writeCsv, type CsvExport } from "../../csv"
import { importTemplate, refusedLines } from "../import-files"
import { AdminCheckPayoutImport, AdminGetPayoutImportTemplateParams } from "../validators"

async function written(file: CsvExport): Promise<string> {
  const parts: Buffer[] = []
  const output = new Writable({
    write(part: Buffer, _encoding, done) {
      parts.push(part)
      done()
    },
  })
  await writeCsv(file, output)
  return Buffer.concat(parts).toString("utf8")
}

describe("the template of a file", () => {
  it("has the headings alone, for spreadsheets that part cells by commas", async () => {
    const text = await written(importTemplate(AdminGetPayoutImportTemplateParams.parse({})))
    expect(text).toBe(
      "\ufeffBeneficiary ID,Beneficiary name,Account number,Amount,Currency code,Purpose,Idempotency key,External ID\r\n"
    )
  })

  it.each(["comma", "semicolon", "tab"] as const)(
    "is read by its own reader, with a line below it, for a %s, in both languages",
    async (delimiter) => {
      for (const language of ["en", "hr"] as const) {
        const text = await written(importTemplate({ delimiter, language }))
        const sign = { comma: ",", semicolon: ";", tab: "\t" }[delimiter]
        const line = ["poben_1", "Ana", "000123", "1500.00", "EUR", "Srpanj", "", ""].join(sign)
        expect(text.split(sign)).toHaveLength(offeredColumns.length)
        expect(readImportFile(Buffer.from(`${text}${line}`))).toMatchObject({
          problems: [],
          lines: [{ line: 2, stated: { account_number: "000123" } }],
        })
      }
    }
  )
})

describe("the refused lines of a file", () => {
  const heading = "Šifra primatelja;Iznos;Valuta;Svrha;Račun;;"

  it("stand as they did, with their lines and reasons, and are read once they are mended", async () => {
    const file = readImportFile(
      [
        heading,
        "poben_1;1.500,00;EUR;Provizija;;;",
        'poben_2;12 500;EUR;"Bonus; ""ljeto""";3.00123E+09;;',
        "poben_3;5;EUR;Povrat; dostava;;;",
      ].join("\r\n")
    )
    const text = await written(refusedLines(file, file.problems))
    const [first, ...rows] = text.trim().split("\r\n")
    expect(first).toBe("Šifra primatelja;Iznos;Valuta;Svrha;Račun;line;reason")
    expect(rows).toHaveLength(2)
    expect(rows[0]).toMatch(
      /^poben_2;12 500;EUR;"Bonus; ""ljeto""";3\.00123E\+09;3;"?amount: .*account_number: /
    )
    expect(rows[1]).toMatch(
      /^;;;;;4;"has 8 cells .*; it reads: poben_3; 5; EUR; Povrat; {2}dostava; ; ; "$/
    )

    const mended = text.replace("12 500", "12500").replace("3.00123E+09", "03001234567")
    const again = readImportFile(Buffer.from(mended))
    expect(again.lines).toMatchObject([
      { line: 2, transfer: { amount: "12500", purpose: 'Bonus; "ljeto"' } },
    ])
    // What nobody has mended is refused again, and has its reasons once.
    expect(again.problems.map(({ line }) => line)).toEqual([3, 3, 3, 3])
    const lines = await written(refusedLines(again, again.problems))
    expect(lines.split("\r\n")[0]).toBe(`\ufeff${first}`)
  })

  it("are no formulas to a spreadsheet, and come back as they were", async () => {
    const csv = "beneficiary_id,amount,currency_code,purpose\n=cmd|'/c calc'!A1,-5,EUR,\"@SUM(A1)\""
    const file = readImportFile(csv)
    const text = await written(refusedLines(file, file.problems))
    const [, row = ""] = text.trim().split("\r\n")
    expect(row).toMatch(/^'=cmd\|.*,'-5,EUR,'@SUM\(A1\),2,/)
    const again = readImportFile(text)
    expect(again.table?.rows[0]?.cells.slice(0, 4)).toEqual(file.table?.rows[0]?.cells)
  })

  it("are the reason alone where the file could not be read at all", async () => {
    const file = readImportFile(Buffer.from([0x61, 0x0a, 0x8a]))
    expect(await written(refusedLines(file, file.problems))).toMatch(
      /^\ufeffline,reason\r\n2,"the file is not UTF-8/
    )
  })
})

describe("a file in a request", () => {
  it.each([
    [{ csv: "" }, true],
    [{ file: "YQ==" }, true],
    [{ file: "" }, true],
    [{}, false],
    [{ csv: "a", file: "YQ==" }, false],
    [{ file: "a-_=" }, false],
    [{ file: "YQ=" }, false],
    [{ file: 5 }, false],
  ])("%j is one: %p", (body, isOne) => {
    expect(AdminCheckPayoutImport.safeParse(body).success).toBe(isOne)
  })
})
