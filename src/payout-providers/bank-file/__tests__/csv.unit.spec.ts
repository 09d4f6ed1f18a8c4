import { parse } from "csv-parse/sync"
import { StatementProblem } from "../../../modules/payout/provider"
import { BankFilePayoutProvider } from "../provider"
import { anInput, anOrder, reference } from "./a-file"

const columns = [
  { name: "No", value: "line" },
  { name: "Beneficiary, name", value: "name" },
  { name: "Account", value: "account" },
  { name: "Bank", value: "bank_code" },
  { name: "Amount", value: "amount" },
  { name: "CCY", value: "currency_code" },
  { name: "Type", text: "SALARY" },
  { name: "Ref", value: "reference" },
]

function csvProvider(options: Record<string, unknown> = {}) {
  const currencies = { khr: 0, usd: 2 }
  return new BankFilePayoutProvider({}, { format: "csv", currencies, columns, ...options })
}

const order = anOrder({
  amount: "10.50",
  currencyCode: "usd",
  beneficiary: { name: 'Sok "Dara", Ltd', email: null, phone: null },
  account: { account_number: "000 123 456", bank_code: "ABA" },
})

describe("A CSV file for a bank", () => {
  it("has the bank's own columns, in its order", () => {
    const { text, name, mediaType } = csvProvider().files.makeFile(anInput([order]))
    expect({ name, mediaType }).toEqual({
      name: "B01M8CNP8X9TY5KXCAYT4RZ87T4.csv",
      mediaType: "text/csv",
    })
    expect(parse(text, { record_delimiter: "\r\n" })).toEqual([
      columns.map((column) => column.name),
      ["1", 'Sok "Dara", Ltd', "000 123 456", "ABA", "10.50", "USD", "SALARY", reference(1)],
    ])
  })

  it("is written with a decimal comma, another delimiter and without a heading where the bank wants that", () => {
    const provider = csvProvider({ decimalComma: true, delimiter: ";", heading: false })
    const { text } = provider.files.makeFile(anInput([order]))
    expect(text).toBe(`1;"Sok ""Dara"", Ltd";000 123 456;ABA;10,50;USD;SALARY;${reference(1)}\r\n`)
  })

  it.each([
    [{ currencyCode: "eur" }, "EUR can't be sent here, only KHR, USD"],
    [{ amount: "10.505" }, "at most 2 decimal places"],
    [{ purpose: "=HYPERLINK(1)" }, "the purpose: it begins with ="],
    [{ purpose: "x".repeat(141) }, "the purpose: it has more than 140 characters"],
    [
      { beneficiary: { name: "+Sok", email: null, phone: null } },
      "name (Name of the payee) can't be used: it begins",
    ],
    [{ account: {} }, "account_number (Account number) is missing"],
    [{ account: { account_number: "=1+12345" } }, "account_number (Account number) can't be used"],
  ])("has no line for %j", (change, problem) => {
    expect(csvProvider().files.orderProblem({ ...order, ...change })).toContain(problem)
    expect(csvProvider().files.orderProblem(order)).toBeUndefined()
  })
})

describe("A CSV file with the payee's contacts", () => {
  const contacts = ["phone", "email"].map((value) => ({ name: value, value }))
  const { files } = csvProvider({ columns: [...columns, ...contacts] })
  const to = (contact: { phone?: string; email?: string }) =>
    files.orderProblem({
      ...order,
      beneficiary: { name: "Sok Dara", phone: null, email: null, ...contact },
    })

  it.each(["+855 12 345 678", "012-345-678", "(012) 345.678"])("takes the phone %s", (phone) => {
    expect(to({ phone, email: "sok@example.com" })).toBeUndefined()
  })

  it.each([
    { phone: "+cmd|' /C calc'!A0" },
    { phone: "-2+3" },
    { phone: "@SUM(1)" },
    { email: "+1@example.com" },
  ])("has no line for %j, which a spreadsheet would reckon", (contact) => {
    expect(to(contact)).toMatch(/^(?:phone|email) .*takes for a formula/)
    // The template without these columns does not care.
    expect(
      csvProvider().files.orderProblem({
        ...order,
        beneficiary: { name: "Sok Dara", phone: null, email: null, ...contact },
      })
    ).toBeUndefined()
  })

  it("takes no formula in full width either", () => {
    expect(files.orderProblem({ ...order, purpose: "＝1+1" })).toContain("formula")
  })
})

const heading = "reference,amount,currency,bank_reference"

function read(csv: string, statement: Record<string, unknown> = {}) {
  return csvProvider({ statement }).files.readStatement(csv).entries
}

describe("A CSV statement", () => {
  it("tells what was paid, by the names of its columns in any case", () => {
    const csv = `\ufeffReference,AMOUNT, currency ,bank_reference,more\r\n${reference(1)},10.50,USD,B1,x\r\n\r\n`
    expect(read(csv)).toMatchObject([
      {
        reference: reference(1),
        amount: "10.5",
        currencyCode: "usd",
        kind: "paid",
        bankReference: "B1",
      },
    ])
  })

  it.each([
    ["10,50", ";", "10.5"],
    ["10.50", "\t", "10.5"],
    ["10.50", ";", "10.5"],
    ["1.000,50", ";", "1000.5"],
    ["-1.234.567,05", ";", "1234567.05"],
    ["1,000.50", "\t", "1000.5"],
    ["1,000.50", ";", "1000.5"],
    ["1.000,50", "\t", null],
    ["1,000", "\t", null],
    // 1.5 or 1500.
    ["1.500", ";", null],
    ["-12.500", ";", null],
    ["1.500", "\t", "1.5"],
    ["1.0000,50", ";", null],
    ["10,000,50", ";", null],
    ["1,00.50", "\t", null],
    ["ten", ",", null],
  ])("reads %s with %j as %s", (amount, delimiter, exact) => {
    const csv = [heading, `${reference(1)},*,USD,`]
      .join("\n")
      .replaceAll(",", delimiter)
      .replace("*", amount)
    expect(read(csv)).toMatchObject([{ amount: exact }])
  })

  it("tells money that came in from money that left by its sign", () => {
    const csv = `${heading}\nA,-5,USD,\nB,5,USD,\n`
    expect(read(csv).map(({ kind }) => kind)).toEqual(["received", "paid"])
    expect(read(csv, { outgoing: "negative" }).map(({ kind }) => kind)).toEqual([
      "paid",
      "received",
    ])
  })

  it.each([
    ["2026-12-01", "2026-12-01"],
    ["1.12.2026.", "2026-12-01"],
    ["01. 12. 2026", "2026-12-01"],
    ["12/01/2026", "12/01/2026"],
    ["", null],
  ])("takes the day %j as %j", (written, bookedOn) => {
    const csv = `reference;amount;currency;booked_on\n${reference(1)};5;EUR;${written}\n`
    expect(read(csv)).toMatchObject([{ bookedOn }])
  })

  it("believes a status alone that the shop's options name", () => {
    const columns = { status: "Status" }
    const csv = `${heading},status\nA,5,USD,,paid\nB,5,USD,,Pending\nC,5,USD,,\nD,5,USD,,RJCT\n`
    expect(read(csv, { columns }).map(({ kind }) => kind)).toEqual([
      "paid",
      "not_booked",
      "not_booked",
      "returned",
    ])
    expect(() => read(`${heading}\nA,5,USD,\n`, { columns })).toThrow("There is no column Status")
  })

  it.each([
    ["", "empty"],
    ["amount,currency\n1,USD", "There is no column reference"],
    ["reference,amount,amount,currency\nA,1,2,USD", "The column amount is there twice"],
    ['reference,amount,currency\n"A,1,USD', "CSV_QUOTE_NOT_CLOSED"],
    ["<Document/>", "debtor"],
  ])("%j is refused with the reason", (csv, reason) => {
    expect(() => read(csv)).toThrow(StatementProblem)
    expect(() => read(csv)).toThrow(reason)
  })
})
