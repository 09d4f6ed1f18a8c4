import { bicProblem, ibanProblem, plainBic, plainIban, sepaIbanProblem } from "../account-numbers"
import { ibans } from "./a-file"

describe("An IBAN", () => {
  it.each([
    ...Object.values(ibans),
    "HR12 1001 0051 8630 0016 0",
    "hr12 1001 0051 8630 0016 0",
    "GB29NWBK60161331926819",
    "RS35260005601001611379",
    "ME25505000012345678951",
  ])("%s is taken", (iban) => {
    expect(sepaIbanProblem(iban)).toBeUndefined()
  })

  it.each([
    ["HR1210010051863000161", /check digits/],
    ["HR1210010051863000106", /check digits/],
    ["HR121001005186300016", /longer or shorter/],
    ["XX1210010051863000160", /no country that has IBANs/],
    ["KH1210010051863000160", /no country that has IBANs/],
    ["0345 1234567", /two letters, two digits/],
    ["HR12\u200b10010051863000160", /two letters, two digits/],
    ["HR١٢10010051863000160", /two letters, two digits/],
  ])("%s is refused with the reason", (iban, reason) => {
    expect(ibanProblem(iban)).toMatch(reason)
    expect(ibanProblem(iban)).not.toContain(iban)
  })

  it("outside SEPA is an IBAN to which no SEPA transfer goes", () => {
    const pakistani = "PK36SCBL0000001123456702"
    expect(ibanProblem(pakistani)).toBeUndefined()
    expect(sepaIbanProblem(pakistani)).toBe("PK is not in SEPA: no SEPA transfer can be sent there")
  })

  it("is written without blanks", () => {
    expect(plainIban(" hr12 1001\u00a00051 8630 0016 0 ")).toBe(ibans.croatian)
  })
})

describe("A BIC", () => {
  it.each(["ZABAHR2X", "zabahr2xxxx", " ZABA HR2X "])("%j is taken", (bic) => {
    expect(bicProblem(bic)).toBeUndefined()
    expect(plainBic(bic)).toMatch(/^ZABAHR2X(XXX)?$/)
  })

  it.each(["ZABA", "ZABAHR2", "ZABAQQ2X", "ZABAHR2XXX", ""])("%j is refused", (bic) => {
    expect(bicProblem(bic)).toContain("8 or 11 letters and digits")
  })
})
