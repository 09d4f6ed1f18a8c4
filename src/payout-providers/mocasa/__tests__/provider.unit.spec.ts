import { MocasaServer, refused, success } from "../../../gateways/mocasa/__tests__/fake-mocasa"
import { MocasaPayoutProvider } from "../provider"

const server = new MocasaServer()
const log = { debug: jest.fn(), warn: jest.fn() }

beforeAll(() => server.start())
beforeEach(() => {
  server.requests.length = 0
  server.answers = []
})
afterAll(() => server.stop())

const provider = () =>
  new MocasaPayoutProvider(
    { logger: log },
    { baseUrl: server.url, clientKey: "mp_key", clientSecret: "test_secret", timeoutMs: 500 }
  )

const seller = {
  name: "Juan dela Cruz",
  kind: "business" as const,
  email: "juan@example.test",
  phone: null,
  shopName: "Juan's",
  account: {},
  identity: { id_type: "passport", id_number: "P9876543A", business_licence: "DTI-555" },
}
const add = (change: object = {}) => provider().createBeneficiary({ ...seller, ...change })

describe("a beneficiary at Mocasa", () => {
  it.each([
    ["no shop name", { shopName: " " }, /shop_name/],
    ["no identity", { identity: {} }, /id_type .* is missing/],
    [
      "no licence",
      { identity: { ...seller.identity, business_licence: "" } },
      /business_licence .* is missing/,
    ],
    ["an account that could be none", { account: { account_number: "a b" } }, /account_number/],
  ])("is refused with %s before Mocasa is called", async (_what, change, message) => {
    expect(await add(change)).toEqual({
      status: "rejected",
      message: expect.stringMatching(message),
    })
    expect(server.requests).toEqual([])
  })

  it("whose account is known already waits for a person, and Mocasa is not called", async () => {
    expect(await add({ account: { account_number: " ACC77 " }, identity: {} })).toEqual({
      status: "pending",
      account: { account_number: "ACC77" },
      message: expect.stringMatching(/dashboard/),
    })
    expect(server.requests).toEqual([])
  })

  it.each([
    ["success", { status: "active", account: { account_number: "ACC1" }, code: "success" }],
    ["reviewing", { status: "pending", account: { account_number: "ACC1" }, code: "reviewing" }],
    [null, { status: "pending", account: { account_number: "ACC1" } }],
    ["failed", { status: "rejected", code: "failed" }],
  ])("with the status %j is paid, waits, or is refused", async (status, result) => {
    server.answers = [success({ accountNo: "ACC1", status })]
    expect(await add()).toMatchObject(result)
  })

  it("that Mocasa refuses is refused in its words, without those of the payee", async () => {
    server.answers = [refused("E1", "passport P9876543A of Juan dela Cruz is not valid")]
    expect(await add()).toEqual({
      status: "rejected",
      code: "E1",
      message: "*** *** of *** is not valid",
    })
  })

  it("whose answer was lost waits for a person, who is told where to look", async () => {
    server.answers = [{ status: 500, body: "" }]
    expect(await add()).toMatchObject({
      status: "pending",
      message: expect.stringMatching(
        /Look in Mocasa's dashboard whether the beneficiary was added/
      ),
    })
    expect(server.calls).toHaveLength(1)
  })
})

it("a transfer to a beneficiary without an account is not sent", async () => {
  const order = {
    reference: "P01JQ7ZK3V5W8X9Y0A1B2C3D4E5",
    amount: "1500.00",
    currencyCode: "php",
    purpose: "Share",
    beneficiary: { name: "Juan", email: null, phone: null },
    account: {},
  }
  expect(await provider().initiateTransfer(order)).toMatchObject({ outcome: "failed" })
  expect(server.requests).toEqual([])
})
