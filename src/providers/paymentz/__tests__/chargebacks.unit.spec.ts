import { said } from "../../../gateways/paymentz/__tests__/paymentz-server"
import { gatewayUnderTest, startedServer } from "./gateway-under-test"

const server = startedServer()

const january = { from: "2030-01-01", to: "2030-01-30" }
const line = { systemPaymentId: "54289", merchantTransactionId: "ORD1001" }

const list = async (page = 1) =>
  await gatewayUnderTest({ baseUrl: server.url }).chargebacks?.list(january, page)

const answer = (...transaction: object[]) => {
  server.answers = [said("00026", { transaction })]
}

describe("the list of payments that can be charged back", () => {
  it("is asked for by its days and its page, for four months", async () => {
    answer()
    expect(await list(3)).toEqual({ payments: [], isLast: true })
    expect(server.calls).toMatchObject([
      {
        path: "/getTransactionList",
        form: {
          "pagination.fromdate": "01/01/2030",
          "pagination.todate": "30/01/2030",
          "pagination.pageno": "3",
          "pagination.records": "100",
        },
      },
    ])
    expect(gatewayUnderTest().chargebacks?.days).toBe(120)
  })

  it("goes on after a full page", async () => {
    answer(...Array.from({ length: 100 }, () => line))
    expect(await list()).toMatchObject({ isLast: false })
  })

  it.each([
    ["names no amount", {}, false],
    ["names nothing", { chargebackamount: "0.00" }, false],
    ["has an empty amount", { chargebackamount: "" }, false],
    ["names an amount", { chargebackamount: "50.00" }, true],
    ["names a part", { chargebackamount: 0.01 }, true],
    ["can't be read", { chargebackamount: "USD 50" }, true],
    ["says it by its word", { chargebackamount: "0.00", transactionStatus: "chargeback" }, true],
    ["says another word", { transactionStatus: "settled" }, false],
  ])("holds a payment to be charged back where its line %s: %j", async (_, said, expected) => {
    answer({ ...line, ...said })
    expect((await list())?.payments).toEqual([
      { reference: "ORD1001", gatewayId: "54289", isChargedBack: expected },
    ])
  })

  it.each([
    ["whose number is missing", { merchantTransactionId: "ORD1001" }],
    ["whose reference is missing", { systemPaymentId: "54289" }],
  ])("leaves out a line %s", async (_, incomplete) => {
    answer({ ...incomplete, chargebackamount: "50.00" })
    expect((await list())?.payments).toEqual([])
  })

  it("is no list where the gateway gives none", async () => {
    server.answers = [said("00099")]
    await expect(list()).rejects.toMatchObject({ operation: "listTransactions" })
  })
})
