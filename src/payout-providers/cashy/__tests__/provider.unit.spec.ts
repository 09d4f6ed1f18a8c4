import { CashyServer, success } from "../../../gateways/cashy/__tests__/fake-cashy"
import { CashyPayoutProvider } from "../provider"

const server = new CashyServer()

beforeAll(() => server.start())
beforeEach(() => {
  server.requests.length = 0
  server.answers = []
})
afterAll(() => server.stop())

function provider(change: Record<string, unknown> = {}) {
  const logger = { debug: jest.fn(), warn: jest.fn() }
  return new CashyPayoutProvider(
    { logger },
    {
      baseUrl: server.url,
      merchantId: "1002001",
      apiKey: "test_api_key",
      currency: "PKR",
      notifyUrl: "https://shop.example/hooks/payout/cashy_main",
      ...change,
    }
  )
}

const india = { currency: "INR" }
const account = { account_number: "03001234567", account_type: "1", bank_code: "EASYPAISA" }
const indianAccount = { ...account, account_type: "BANK_CARD_ACCOUNT", bank_code: "SBIN0014148" }
const payee = {
  name: "Jack",
  kind: "person" as const,
  email: null,
  phone: null,
  shopName: null,
  account,
  identity: {},
}
const order = {
  reference: "P01JQ7ZK3V5W8X9Y0A1B2C3D4E5",
  amount: "1500",
  currencyCode: "pkr",
  purpose: "Share",
  beneficiary: { name: "Jack", email: null, phone: null },
  account,
}

describe("a beneficiary at Cashy", () => {
  it.each([
    ["no bank", { account: { ...account, bank_code: "" } }, {}, /bank_code/],
    ["no type", { account: { ...account, account_type: "" } }, {}, /account_type/],
    ["a name that Cashy cuts", { name: "x".repeat(65) }, {}, /64 characters/],
    ["no IFSC in India", { phone: "+911" }, india, /bank_code \(IFSC\).*SBIN0014148/],
    ["no phone in India", { account: indianAccount }, india, /phone is missing/],
  ])("is refused with %s", async (_what, change, options, message) => {
    expect(await provider(options).createBeneficiary({ ...payee, ...change })).toEqual({
      status: "rejected",
      message: expect.stringMatching(message),
    })
  })

  it("can be paid at once, because every payout says the account again", async () => {
    const given = { ...account, bank_code: " EASYPAISA " }
    expect(await provider().createBeneficiary({ ...payee, account: given })).toEqual({
      status: "active",
      account,
    })
    expect(server.requests).toEqual([])
  })
})

describe("a payout through Cashy", () => {
  it.each([
    ["less than agreed", "49", /at least 50.00/],
    ["more than agreed", "2001", /at most 2000.00/],
    ["paisa, which Cashy does not send", "100.50", /at most 0 decimal places/],
  ])("of %s is not sent", async (_what, amount, message) => {
    const limits = { minAmount: "50", maxAmount: "2000" }
    const result = await provider(limits).initiateTransfer({ ...order, amount })
    expect(result).toMatchObject({ outcome: "failed", message: expect.stringMatching(message) })
    expect(server.requests).toEqual([])
  })

  it("names a bank by the field of the country, or by the one that is set", async () => {
    const { reference: mchOrderNo } = order
    server.answers = [success({ mchOrderNo, orderNo: "PAYOUT1", orderStatus: "PROCESSING" })]
    await provider().initiateTransfer(order)
    await provider({ bankField: "ifscCode" }).initiateTransfer({
      ...order,
      beneficiary: { ...order.beneficiary, phone: "+911" },
      account: indianAccount,
    })
    const [first, second] = server.requests
    expect(first?.fields).toMatchObject({ bankId: "EASYPAISA", accountType: 1 })
    expect(second?.fields).toMatchObject({ ifscCode: "SBIN0014148", phone: "+911" })
  })

  it("shows the balance in the one currency of the account", async () => {
    server.answers = [success({ mchId: "1002001", balance: 133334.5, unBalance: 0 })]
    expect(await provider().retrieveBalance()).toEqual([
      { currencyCode: "pkr", available: "133334.5" },
    ])
  })
})
