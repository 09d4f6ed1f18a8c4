import { setTimeout as pause } from "node:timers/promises"
import { startKessSandbox, type KessSandbox } from ".."
import { AUTH_CODE, Merchant, ORDER, refused } from "./merchant"

const { out_trade_no } = ORDER

describe("a payment by the code that the seller scans", () => {
  let sandbox: KessSandbox
  let merchant: Merchant

  beforeEach(async () => {
    sandbox = await startKessSandbox()
    merchant = new Merchant(sandbox)
    await merchant.signIn()
  })

  afterEach(() => sandbox.close())

  const isPaid = async () => {
    const answer = await merchant.checkPayment()
    return answer.success && answer.data["is_success"]
  }
  /** Resolves when the call has come to the buyer. */
  const untilScanned = async () => {
    while (sandbox.orders.get(out_trade_no) === undefined) await pause(2)
  }

  it.each(["quickPay", "jsapiPay"] as const)("by %s is made at once", async (call) => {
    const fields = { ...ORDER, auth_code: AUTH_CODE }
    expect(await merchant.post(call, fields)).toEqual({
      status: 200,
      success: true,
      data: {
        amount: 0.3,
        currency: "USD",
        out_trade_no,
        transaction_id: expect.stringMatching(/^4200\d{24}$/),
        result_code: "SUCCESS",
      },
    })
    expect(await isPaid()).toBe(true)
    expect(sandbox.ledger.entries()).toMatchObject([{ kind: "payment", amount: "0.30" }])
  })

  it("under a number that is in use is refused, and nothing is taken twice", async () => {
    const first = await merchant.quickPay()
    expect(await merchant.quickPay()).toMatchObject(refused(200, /already in use/))
    sandbox.set({ duplicateOrder: "same-order" })
    expect(await merchant.quickPay()).toEqual(first)
    expect(sandbox.ledger.entries()).toHaveLength(1)
  })

  it("under a new number takes the money again, unless codes are good for one payment only", async () => {
    await merchant.quickPay()
    await merchant.quickPay({ out_trade_no: "ORDER-2" })
    expect(sandbox.ledger.entries()).toHaveLength(2)
    sandbox.set({ usedCode: "refuse" })
    expect(await merchant.quickPay({ out_trade_no: "ORDER-3" })).toMatchObject(
      refused(200, /used before/)
    )
    expect(sandbox.orders.get("ORDER-3")).toBeUndefined()
    sandbox.set({ duplicateOrder: "same-order" })
    expect(await merchant.quickPay()).toMatchObject({ success: true })
  })

  it("was made although the answer was lost", async () => {
    sandbox.faults.add({ kind: "answer-lost", path: "/quick-pay" })
    await expect(merchant.quickPay()).rejects.toThrow()
    expect(await isPaid()).toBe(true)
    expect(sandbox.ledger.entries()).toHaveLength(1)
  })

  it("that the buyer declines moves nothing", async () => {
    sandbox.set({ onScan: "declines" })
    expect(await merchant.quickPay()).toMatchObject(refused(200, /declined/))
    expect(await isPaid()).toBe(false)
    expect(sandbox.ledger.entries()).toEqual([])
  })

  it("waits for the PIN and is answered when the buyer has entered it", async () => {
    sandbox.set({ pinMs: 40 })
    const started = performance.now()
    expect(await merchant.quickPay()).toMatchObject({ data: { result_code: "SUCCESS" } })
    expect(performance.now() - started).toBeGreaterThan(35)
    expect(await isPaid()).toBe(true)
  })

  it("waits for the PIN and is refused when the buyer does not enter it", async () => {
    sandbox.set({ onScan: "declines", pinMs: 20 })
    expect(await merchant.quickPay()).toMatchObject(refused(200, /declined/))
  })

  it("stays declined when the buyer declines in place of the PIN", async () => {
    sandbox.set({ pinMs: 200 })
    const call = merchant.quickPay()
    await untilScanned()
    sandbox.decline(out_trade_no)
    expect(await call).toMatchObject(refused(200, /declined/))
    await pause(250)
    expect(await isPaid()).toBe(false)
  })

  it("is answered without a result when the wait is over, and paid when the PIN comes later", async () => {
    sandbox.set({ pinMs: 80, holdMs: 5 })
    expect(await merchant.quickPay()).toMatchObject({
      data: { out_trade_no, transaction_id: null, result_code: "USERPAYING" },
    })
    while (!(await isPaid())) await pause(5)
    expect(sandbox.ledger.entries()).toHaveLength(1)
  })

  it("can claim SUCCESS although the buyer has done nothing, and decline then", async () => {
    sandbox.set({ onScan: "waits", holdMs: 0, heldResultCode: "SUCCESS" })
    expect(await merchant.quickPay()).toMatchObject({ data: { result_code: "SUCCESS" } })
    expect(await isPaid()).toBe(false)
    sandbox.decline(out_trade_no)
    expect(await isPaid()).toBe(false)
    expect(sandbox.ledger.entries()).toEqual([])
  })

  it.each([
    ["pay", { data: { result_code: "SUCCESS" } }],
    ["decline", refused(200, /declined/)],
  ] as const)("waits until the buyer decides to %s in the wallet", async (choice, answer) => {
    sandbox.set({ onScan: "waits" })
    const call = merchant.quickPay()
    await untilScanned()
    expect(await isPaid()).toBe(false)
    sandbox[choice](out_trade_no)
    expect(await call).toMatchObject(answer)
  })

  it("can be paid when the merchant has hung up", async () => {
    sandbox.set({ onScan: "waits" })
    const hangUp = new AbortController()
    const call = expect(merchant.quickPay({}, hangUp.signal)).rejects.toThrow(/abort/)
    await untilScanned()
    hangUp.abort()
    await call
    sandbox.pay(out_trade_no)
    expect(await isPaid()).toBe(true)
    expect(sandbox.ledger.entries()).toHaveLength(1)
  })

  it("that is still waiting does not keep the sandbox from closing", async () => {
    sandbox.set({ onScan: "waits" })
    const call = expect(merchant.quickPay()).rejects.toThrow()
    await untilScanned()
    await sandbox.close()
    await call
  })
})
