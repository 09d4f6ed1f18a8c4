import {
  columnOf,
  importColumns,
  offeredColumns,
  templateHeadings,
  templateLanguages,
} from "../import-columns"

describe("the columns of a file", () => {
  it.each(templateLanguages)("are each named by one heading of the template in %s", (language) => {
    const headings = templateHeadings(language)
    expect(headings.map(columnOf)).toEqual(offeredColumns)
    expect(new Set(headings).size).toBe(headings.length)
  })

  it("are named by their own names", () => {
    expect(importColumns.map(columnOf)).toEqual(importColumns)
  })

  it.each([
    ["IZNOS", "amount"],
    ["  Beneficiary-Id: ", "beneficiary_id"],
    ["beneficiaryId", "beneficiary_id"],
    ["Šifra primatelja", "beneficiary_id"],
    ["SIFRA PRIMATELJA", "beneficiary_id"],
    ["S\u030cifra primatelja", "beneficiary_id"],
    ["svrha placanja", "purpose"],
    ["Broj računa", "account_number"],
    ["Account No.", "account_number"],
    ["\ufeffAmount\u200b", "amount"],
    ["ＡＭＯＵＮＴ", "amount"],
    ["Vanjski ID", "external_id"],
    ["Account Title", "beneficiary_name"],
    ["Account holder", "beneficiary_name"],
    ["Vlasnik računa", "beneficiary_name"],
    ["Beneficiary account number", "account_number"],
    ["Bank Account Number", "account_number"],
    ["Bank account no.", "account_number"],
    ["Mobile number", "account_number"],
    ["Net Pay", "amount"],
    ["Neto iznos", "amount"],
    ["Narration", "purpose"],
    ["PARTICULARS", "purpose"],
  ])("are named by %j: %s", (heading, column) => {
    expect(columnOf(heading)).toBe(column)
  })

  it.each([
    ..."No.|No|№|Sr. No.|Sr No|S/N|S. No.|Serial number|Sl. No.|#| # |Row|R. br.|Rbr|R.br|Red. br.".split(
      "|"
    ),
    "Redni broj",
  ])("number the lines, and are left out, under %j", (heading) => {
    expect(columnOf(heading)).toBe("line")
    expect(offeredColumns).not.toContain(columnOf(heading))
  })

  it.each([
    "Gross pay",
    "Bank",
    "Number",
    "Broj",
    "Contact number",
    "Account no. 2",
    "-",
    "##",
    "%",
  ])("are not named by %j, which may hold something that matters", (heading) => {
    expect(columnOf(heading)).toBeUndefined()
  })

  it.each(["", "bonus", "amount2", "constructor", "__proto__", "ID", "x".repeat(10_000)])(
    "are not named by %j",
    (heading) => {
      expect(columnOf(heading)).toBeUndefined()
    }
  )
})
