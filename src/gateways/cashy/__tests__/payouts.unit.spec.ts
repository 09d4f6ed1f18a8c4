import { failure } from "../../shared/__tests__/fake-gateway"
import { decimal } from "../../shared/money"
import type { CashyClient } from "../client"
import { getBalance, payOut, payOutQuery } from "../payouts"
import { type CashyServer, refused, startClient, success } from "./fake-cashy"

let server: CashyServer
let client: CashyClient

beforeEach(async () => {
  ;({ server, client } = await startClient())
})

const payout = {
  mchOrderNo: "P1001",
  amount: decimal("1500"),
  currency: "PKR",
  accountName: "Jack",
  accountNo: "03001234567",
  accountType: "1",
  bank: { field: "bankId", code: "EASYPAISA" } as const,
  notifyUrl: "https://shop.example/hooks/payout/cashy_main",
  remark: "Share of May",
}
const send = (change: object = {}) => payOut(client, { ...payout, ...change })
const ask = (orderNo?: string) => payOutQuery(client, { mchOrderNo: "P1001", orderNo })
const data = {
  merchantId: "1002001",
  mchOrderNo: "P1001",
  orderNo: "PAYOUT55",
  amount: "1500.00",
  fee: 2,
  orderStatus: "PROCESSING",
}
const answered = (change: object = {}) => success({ ...data, ...change })

describe("a payout", () => {
  it.each([
    "Payout_Order_Error",
    "System_busy",
    "System_error",
    "System_balance_not_enough",
    "Params_mchOrderNo_error",
    "Params_mchOrderNo_repeat",
    "Something_new",
    "",
    null,
  ])("is not known to be refused by %j", async (msg) => {
    server.answers = [refused(msg)]
    expect(await failure(() => send())).toMatchObject({ outcome: "unknown", operation: "payOut" })
    expect(server.requests).toHaveLength(1)
  })

  it.each(["Params_accountNo_error", "Params_jsonFormat_error", "RequestBody_is_null"])(
    "is finally refused by %s",
    async (msg) => {
      server.answers = [refused(msg)]
      expect(await failure(() => send())).toMatchObject({
        outcome: "declined",
        isUnauthorized: false,
      })
    }
  )

  it.each(["Balance_not_enough", "Payout_Balance_insufficient"])(
    "is finally refused, because there is too little to send, by %s",
    async (msg) => {
      server.answers = [refused(msg)]
      expect(await failure(() => send())).toMatchObject({
        outcome: "declined",
        reason: "low_balance",
      })
    }
  )

  it.each(["Sign_verify_error", "MerchantId_is_error", "Request_ip_notWhiteList"])(
    "is not looked at with credentials that are not taken: %s",
    async (msg) => {
      server.answers = [refused(msg)]
      expect(await failure(() => send())).toMatchObject({ isUnauthorized: true })
    }
  )

  it.each([
    ["another payout", answered({ mchOrderNo: "P9" }), "mismatch"],
    ["no number of ours", answered({ mchOrderNo: undefined }), "unreadable"],
    ["no number of Cashy's", answered({ orderNo: "" }), "unreadable"],
  ])("is not known to be sent by an answer with %s", async (_what, answer, reason) => {
    server.answers = [answer]
    expect(await failure(() => send())).toMatchObject({ outcome: "unknown", reason })
  })

  it.each([
    ["PROCESSING", "processing"],
    ["WAITING", "processing"],
    ["PAYING", "processing"],
    ["SUCCESS", "succeeded"],
    ["FAIL", "failed"],
    ["CANCEL", "failed"],
    ["success", "processing"],
    ["REVIEWING", "processing"],
    ["constructor", "processing"],
    [null, "processing"],
  ])("answered with %j is %s", async (orderStatus, state) => {
    server.answers = [answered({ orderStatus })]
    expect(await send()).toMatchObject({ state, orderStatus })
  })

  it("tells Cashy's number, what was sent and the fee, as far as they can be read", async () => {
    server.answers = [answered(), answered({ amount: {}, fee: "free" })]
    expect(await send()).toMatchObject({ orderNo: "PAYOUT55", amount: "1500", fee: "2" })
    const { amount, fee } = await send()
    expect([amount, fee]).toEqual([undefined, undefined])
  })

  it("says the whole account, the type as a number, and the amount at two places", async () => {
    server.answers = [answered()]
    await send()
    expect(server.requests[0]).toMatchObject({ path: "/api/payOut" })
    expect(server.requests[0]?.fields).toEqual({
      mchOrderNo: "P1001",
      amount: "1500.00",
      currency: "PKR",
      accountName: "Jack",
      accountNo: "03001234567",
      accountType: 1,
      bankId: "EASYPAISA",
      notifyUrl: "https://shop.example/hooks/payout/cashy_main",
      remark: "Share of May",
      nonceStr: "nonce-1",
    })
  })

  it("names a bank of India's by its IFSC, the type in a word, and the phone", async () => {
    server.answers = [answered()]
    const bank = { field: "ifscCode", code: "SBIN0014148" }
    await send({ bank, accountType: "BANK_CARD_ACCOUNT", phone: "+911340000003" })
    const fields = server.requests[0]?.fields
    expect(fields).toMatchObject({
      ifscCode: "SBIN0014148",
      accountType: "BANK_CARD_ACCOUNT",
      phone: "+911340000003",
    })
    expect(fields).not.toHaveProperty("bankId")
  })

  it("has its remark cut, without half a character at the end", async () => {
    server.answers = [answered()]
    await send({ remark: `${"x".repeat(31)}😀y` })
    expect(server.requests[0]?.fields.remark).toBe(`${"x".repeat(31)}😀`)
  })
})

describe("a question about a payout", () => {
  it.each(["Payout_Order_not_exist", "Order_not_exist", "Payout_OrderNo_not_found"])(
    "is told that there is none by %s",
    async (msg) => {
      server.answers = [refused(msg)]
      expect(await ask()).toBeUndefined()
    }
  )

  it.each([
    "Payout_Order_Error",
    "Merchant_not_exist",
    "Params_orderNo_error",
    "Account_not_exist",
    "System_busy",
    "",
    null,
  ])("is told nothing by %j", async (msg) => {
    server.answers = [refused(msg)]
    const error = await failure(() => ask())
    expect(error).toMatchObject({ operation: "payOutQuery" })
  })

  it("is about our number, also where it is asked by Cashy's", async () => {
    server.answers = [answered({ mchOrderNo: "P9", orderStatus: "SUCCESS" })]
    expect(await failure(() => ask("PAYOUT55"))).toMatchObject({ reason: "mismatch" })
    expect(server.requests[0]?.fields).toMatchObject({ orderNo: "PAYOUT55" })
  })

  it("is told why it ended, where Cashy says it", async () => {
    server.answers = [answered({ orderStatus: "FAIL", resultDesc: "ACCOUNT_NOT_EXIST" })]
    expect(await ask()).toMatchObject({ state: "failed", reason: "ACCOUNT_NOT_EXIST" })
    expect(server.requests[0]).toMatchObject({
      path: "/api/payOutQuery",
      fields: { mchOrderNo: "P1001" },
    })
  })
})

describe("the balance", () => {
  it.each([
    [133334.0, "133334"],
    ["1500.50", "1500.5"],
    [-3, "-3"],
  ])("of %j is %s", async (balance, available) => {
    server.answers = [success({ mchId: "1002001", balance, unBalance: 7 })]
    expect(await getBalance(client)).toBe(available)
    expect(server.requests[0]).toMatchObject({
      path: "/api/getBalance",
      fields: { nonceStr: "nonce-1" },
    })
  })

  it.each([{ balance: "much" }, { unBalance: 1 }, null])("is not known by %j", async (given) => {
    server.answers = [success(given)]
    expect(await failure(() => getBalance(client))).toMatchObject({ reason: "unreadable" })
  })
})
