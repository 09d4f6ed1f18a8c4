import { startKessSandbox, type KessSandbox } from ".."
import { Merchant } from "./merchant"

const pay = {
  service_id: 30,
  store_id: "109038",
  sub_store_id: 123,
  sub_store_name: "Test Store",
  amount: 0.01,
  fee_rate: 2,
  out_trade_no: "ORDER-4339",
}
const refund = {
  service_id: 30,
  store_id: "109038",
  refund_amount: 0.01,
  out_trade_no: "ORDER-4339",
  out_refund_no: "REFUND-4339-1",
  reason: "....",
}
const check = { store_id: 109038, out_trade_no: "ORDER-4339" }

const native = ["qr_code", "amount", "out_trade_no", "result_code"]
const byCode = ["amount", "currency", "out_trade_no", "transaction_id", "result_code"]
const refunded = [
  "service_id",
  "store_id",
  "refund_amount",
  "currency",
  "out_trade_no",
  "out_refund_no",
  "transaction_id",
  "result_code",
]
const checked = [
  "is_success",
  "service_id",
  "out_trade_no",
  "amount",
  "out_refund_no",
  "currency",
  "message",
]

/** With the digits that the vendor has blacked out filled in, and the code as a string. */
describe("the vendor's sample", () => {
  let sandbox: KessSandbox
  let merchant: Merchant

  beforeEach(async () => {
    sandbox = await startKessSandbox()
    merchant = new Merchant(sandbox)
    await merchant.signIn()
  })

  afterEach(() => sandbox.close())

  it.each([
    { call: "nativePay", body: { ...pay, auth_code: "284957000000000000" }, fields: native },
    { call: "nativePay", body: pay, fields: native },
    {
      call: "quickPay",
      body: { ...pay, service_id: 2, auth_code: "284957000000000000" },
      fields: byCode,
    },
    { call: "jsapiPay", body: { ...pay, auth_code: "284957000000000000" }, fields: byCode },
  ] as const)("of $call is answered with $fields", async ({ call, body, fields }) => {
    expect(await dataOf(merchant.post(call, body))).toEqual(fields)
  })

  it.each([
    { call: "refund", body: refund, fields: refunded },
    { call: "checkPayment", body: check, fields: checked },
    { call: "checkRefund", body: check, fields: checked },
  ] as const)("of $call, once it was paid, is answered with $fields", async (sample) => {
    await merchant.nativePay(pay)
    sandbox.pay(pay.out_trade_no)
    expect(await dataOf(merchant.post(sample.call, sample.body))).toEqual(sample.fields)
  })
})

/** The names of the fields, in their order. */
async function dataOf(call: ReturnType<Merchant["post"]>): Promise<string[]> {
  const answer = await call
  return answer.success ? Object.keys(answer.data) : [answer.message]
}
