import { requirePlugin } from "../../../providers/base/options"
import bankFile from "../index"
import { BankFilePayoutProvider } from "../provider"
import { anInput, anOrder, debtor, ibans, reference } from "./a-file"
import { aStatement } from "./a-statement"
import { refusalOf } from "../../../shared/__tests__/refusal"

const csv = {
  format: "csv",
  currencies: { usd: 2 },
  columns: ["reference", "amount", "account"].map((value) => ({ name: value, value })),
}

const refusal = (options: Record<string, unknown>) =>
  refusalOf(() => BankFilePayoutProvider.validateOptions(options)).message

describe("The options of bank files", () => {
  it.each([
    [{}, /^- debtor: is missing/m],
    [
      { debtor: { ...debtor, iban: "HR1723600001101234566" } },
      /^- debtor\.iban: can't be used: its check digits/m,
    ],
    [
      { debtor: { ...debtor, iban: "PK36SCBL0000001123456702" } },
      /^- debtor\.iban: .*not in SEPA/m,
    ],
    [{ debtor: { ...debtor, bic: "ZABA" } }, /^- debtor\.bic: can't be used: a BIC has 8 or 11/m],
    [{ debtor: { ...debtor, name: "Ђорђе" } }, /^- debtor\.name: can't be used: .*U\+0402/m],
    [{ debtor: { ...debtor, name: "x".repeat(71) } }, /^- debtor\.name: .*at most 70/m],
    [{ debtor, columns: [] }, /^- columns: no such option/m],
    [{ format: "pain.008", debtor }, /^- format: must be "pain\.001" or "csv"/m],
    [{ ...csv, currencies: undefined }, /^- currencies: is missing/m],
    [{ ...csv, currencies: { USD: 2 } }, /^- currencies/m],
    [
      { ...csv, columns: csv.columns.slice(1) },
      /^- columns: has no column with the value reference/m,
    ],
    [
      { ...csv, columns: [{ name: "x", value: "iban" }] },
      /^- columns\.0.*reference, name, account/m,
    ],
    [{ ...csv, delimiter: "|" }, /^- delimiter: must be a comma/m],
    [{ ...csv, statement: { outgoing: "red" } }, /^- statement\.outgoing: must be/m],
  ])("%j stop the store at boot with the reason", (options, reason) => {
    const message = refusal(options)
    expect(message).toContain("medusa-regional-payments/payout-providers/bank-file")
    expect(message).toMatch(reason)
  })

  it("are taken as a shop in Zagreb and one in Phnom Penh write them", () => {
    for (const options of [{ debtor }, { format: "pain.001", debtor }, csv]) {
      expect(() => BankFilePayoutProvider.validateOptions(options)).not.toThrow()
    }
  })
})

const provider = new BankFilePayoutProvider({}, { debtor })

describe("The provider of bank files", () => {
  it("is loaded into the payout module, after a look for the plugin itself", () => {
    expect(bankFile).toMatchObject({
      module: "payout",
      services: [BankFilePayoutProvider],
      loaders: [requirePlugin],
    })
    expect(BankFilePayoutProvider.identifier).toBe("bank_file")
  })

  it("keeps accounts as machines write them, and refuses wrong ones", async () => {
    const payee = { name: "Ana", kind: "person", email: null, phone: null, shopName: null } as const
    const written = { iban: "hr12 1001 0051 8630 0016 0", bic: "zabahr2x" }
    expect(await provider.createBeneficiary({ ...payee, account: written, identity: {} })).toEqual({
      status: "active",
      account: { iban: ibans.croatian, bic: "ZABAHR2X" },
    })
    const wrong = { iban: "HR1210010051863000161" }
    expect(
      await provider.createBeneficiary({ ...payee, account: wrong, identity: {} })
    ).toMatchObject({ status: "rejected", message: expect.stringContaining("check digits") })
  })

  it.each([
    [{ currencyCode: "usd" }, "USD can't be sent here, only EUR"],
    [{ amount: "0.001" }, "at most 2 decimal places"],
    [{ amount: "1000000000.00" }, "more than a SEPA transfer can be"],
    [{ purpose: "សេវា" }, "the purpose: banks in SEPA"],
    [{ beneficiary: { name: "x".repeat(71), email: null, phone: null } }, "at most 70"],
    [{ account: { iban: "HR12" } }, "iban (IBAN) can't be used"],
  ])("has no line for %j", (change, problem) => {
    expect(provider.files.orderProblem(anOrder(change))).toContain(problem)
    expect(provider.files.orderProblem(anOrder())).toBeUndefined()
  })

  it("makes the file of the standard, and reads the statement of its own account", () => {
    expect(provider.files.makeFile(anInput([anOrder()])).text).toContain(reference(1))
    const { entries } = provider.files.readStatement(`\ufeff\n${aStatement([{}])}`)
    expect(entries).toMatchObject([{ reference: reference(1), kind: "paid" }])
    expect(provider.files.isPayee({ iban: ibans.croatian }, "HR12 1001 0051 8630 0016 0")).toBe(
      true
    )
    expect(provider.files.isPayee({ iban: ibans.croatian }, ibans.german)).toBe(false)
    // Of a payee by another number than an IBAN the bank may name the IBAN all the same.
    expect(provider.files.isPayee({ account_number: "1863000160" }, ibans.croatian)).toBe(true)
  })

  it("sends nothing and knows nothing where it is asked as a gateway", async () => {
    expect(await provider.initiateTransfer()).toMatchObject({ outcome: "not_sent" })
    expect(await provider.retrieveTransfer()).toMatchObject({ outcome: "unknown" })
    expect(provider.parseWebhook()).toMatchObject({ type: "unreadable" })
  })
})
