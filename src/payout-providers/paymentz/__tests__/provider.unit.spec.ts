import {
  PaymentzServer,
  record,
  withCode,
} from "../../../gateways/paymentz/__tests__/fake-paymentz"
import { madeOn, PaymentzPayoutProvider } from "../provider"

const server = new PaymentzServer()

beforeAll(() => server.start())
beforeEach(() => {
  server.requests.length = 0
  server.answers = []
})
afterAll(() => server.stop())

const provider = () =>
  new PaymentzPayoutProvider(
    { logger: { debug: jest.fn(), warn: jest.fn() } },
    {
      baseUrl: server.url,
      memberId: "11344",
      secureKey: "test_key",
      partnerId: "39",
      username: "shop",
      merchantEmail: "shop@example.test",
      currencies: { usd: 2, kwd: 3 },
      timeoutMs: 500,
    }
  )

const add = (payment_id: string) =>
  provider().createBeneficiary({
    name: "Jack",
    kind: "person",
    email: null,
    phone: null,
    shopName: null,
    account: { payment_id },
    identity: {},
  })

describe("a beneficiary at Paymentz", () => {
  it.each(["4111111111111111", "4111-1111-1111-1111", "5555555555554444", "1234567890123456"])(
    "is never a card: %s",
    async (number) => {
      const result = await add(number)
      expect(result).toMatchObject({ status: "rejected", message: expect.stringMatching(/card/) })
      expect(JSON.stringify(result)).not.toContain(number)
      expect(server.requests).toEqual([])
    }
  )

  it.each([
    ["is not there", withCode("10026"), "rejected"],
    ["failed", record({ status: "authfailed" }), "rejected"],
    ["was given back", record({ status: "reversed" }), "rejected"],
    ["was charged back", record({ status: "chargeback" }), "rejected"],
    ["the gateway does not tell of", withCode("10002"), "rejected"],
    ["is only reserved", record({ status: "authsuccessful" }), "pending"],
    ["has only begun", record({ status: "begun" }), "pending"],
    ["has a word that is not known", record({ status: "new" }), "pending"],
    ["has only the short word", record({ status: "Y" }), "pending"],
    ["is another one", record({ paymentId: "999" }), "pending"],
    ["could not be asked about", { status: 500, body: "" }, "pending"],
  ])("whose payment %s is not paid", async (_what, answer, status) => {
    server.answers = [answer]
    expect(await add("54289")).toMatchObject({ status, message: expect.any(String) })
  })

  it.each(["capturesuccess", "settled"])("whose payment says %s can be paid", async (status) => {
    server.answers = [record({ status })]
    expect(await add(" 54289 ")).toEqual({
      status: "active",
      account: { payment_id: "54289" },
      code: status,
      message: "words of the gateway",
    })
  })
})

it("no currency has more places than are sent", () => {
  expect(provider().capabilities.currencies).toEqual({ usd: 2, kwd: 2 })
})

it.each([
  ["P01JQ7ZK3V5W8X9Y0A1B2C3D4E5", "2025-03-26"],
  ["P00000000000000000000000000", "1970-01-01"],
])("the reference %s was made on %s", (reference, day) => {
  expect(madeOn(reference)).toBe(day)
})
