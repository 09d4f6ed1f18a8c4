import { statedMismatches } from "../stated-payee"

const payee = { id: "poben_1", name: "Niño Español-O'Hara", account_number: "000123456" }

describe("whom a line names", () => {
  it.each([
    "Niño Español-O'Hara",
    "NIN\u0303O  ESPAN\u0303OL-O'HARA",
    "Niño\u00a0Español\u2013O’Hara",
    "Niño\u200b Español-O'Hara\u00a0",
  ])("is the beneficiary under the name %j", (beneficiary_name) => {
    expect(statedMismatches({ beneficiary_name }, payee)).toEqual([])
  })

  it("is somebody else under another name, which is told with the beneficiary's", () => {
    expect(statedMismatches({ beneficiary_name: "Nino Espanol-O'Hara" }, payee)).toEqual([
      'beneficiary_name: "Nino Espanol-O\'Hara" is not the name of poben_1, which is "Niño Español-O\'Hara". Has the ' +
        "row slipped, or is the id another one's?",
    ])
  })

  it.each([
    ["000123456", "000123456"],
    ["000 123-456", "000123456"],
    ["HR12 1001 0051 8630 0016 0", "hr1210010051863000160"],
    ["+923001234567", "03001234567"],
    ["0092 300 1234567", "0300-1234567"],
    ["0300 1234567", "+92 300 1234567"],
  ])("is it by the account %j of %j", (account_number, known) => {
    expect(statedMismatches({ account_number }, { ...payee, account_number: known })).toEqual([])
  })

  it.each([
    ["000123457", "000123456", '"••••3457" is not the account of poben_1, which is "••••3456"'],
    ["123456", "000123456", "but for the zeros in front"],
    ["3001234567", "03001234567", "but for the zeros in front"],
    ["3001234567", "923001234567", "is not the account"],
  ])(
    "is another one by the account %j of %j, told by its last places",
    (account_number, known, words) => {
      const [problem = "", ...others] = statedMismatches(
        { account_number },
        { ...payee, account_number: known }
      )
      expect(others).toEqual([])
      expect(problem).toMatch(/^account_number: /)
      expect(problem).toContain(words)
      expect(problem).not.toContain(account_number)
      expect(problem).not.toContain(known)
    }
  )

  it("can't be told by an account that is not known here, and that is said", () => {
    const unknown = { ...payee, account_number: undefined }
    expect(statedMismatches({ account_number: "1" }, unknown).join()).toContain(
      "leave the cell empty"
    )
    expect(statedMismatches({}, unknown)).toEqual([])
  })
})
