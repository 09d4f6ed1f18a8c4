import { startCashySandbox, type CashySandbox } from ".."
import { Merchant, ORDER } from "./merchant"

const { mchOrderNo } = ORDER

describe("a supplementary order", () => {
  let sandbox: CashySandbox
  let merchant: Merchant

  beforeEach(async () => {
    sandbox = await startCashySandbox()
    merchant = new Merchant(sandbox)
    await merchant.payIn()
  })

  afterEach(() => sandbox.close())

  const original = () => sandbox.orders.get(mchOrderNo)
  const ledger = () =>
    sandbox.ledger.entries().map(({ kind, reference, amount }) => [kind, reference, amount])

  it("of another amount leaves the original as it was", () => {
    const patch = sandbox.payPart(mchOrderNo, "60")
    expect(patch).toMatchObject({
      orderType: "PATCH",
      mchOrderNo: `${mchOrderNo}00001`,
      patchMchOrderNo: mchOrderNo,
      patchOrderNo: original()?.orderNo,
      amount: "60.00",
      orderStatus: "SUCCESS",
    })
    expect(patch.orderNo).not.toBe(original()?.orderNo)
    expect(original()).toMatchObject({ orderStatus: "PAYING", amount: "100.00" })
    expect(ledger()).toEqual([["payment", mchOrderNo, "60.00"]])
  })

  it("is counted on, and each is asked for by a number of its own", async () => {
    const patches = ["60", "30", "10"].map((amount) => sandbox.payPart(mchOrderNo, amount))
    expect(patches.map((patch) => patch.mchOrderNo)).toEqual([
      `${mchOrderNo}00001`,
      `${mchOrderNo}00002`,
      `${mchOrderNo}00003`,
    ])
    for (const { orderNo, mchOrderNo, amount } of patches) {
      for (const numbers of [{ orderNo }, { mchOrderNo }]) {
        expect((await merchant.query(numbers)).data).toMatchObject({
          orderNo,
          mchOrderNo,
          amount: amount.replace(".00", ""),
          orderStatus: "SUCCESS",
        })
      }
    }
    expect((await merchant.query()).data).toMatchObject({ amount: "100", orderStatus: "PAYING" })
  })

  it("comes of a second payment of what was ordered", () => {
    sandbox.pay(mchOrderNo)
    expect(sandbox.payAgain(mchOrderNo)).toMatchObject({ orderType: "PATCH", amount: "100.00" })
    expect(ledger()).toEqual([
      ["payment", mchOrderNo, "100.00"],
      ["payment", mchOrderNo, "100.00"],
    ])
  })

  it("comes of a payment for an order that is over", () => {
    sandbox.expire(mchOrderNo)
    sandbox.payAgain(mchOrderNo)
    expect(original()?.orderStatus).toBe("FAIL")
    expect(ledger()).toEqual([["payment", mchOrderNo, "100.00"]])
  })

  it("can be numbered as in the vendor's example, which contradicts the text", async () => {
    sandbox.set({ patchNumbering: "serial-in-patchMchOrderNo" })
    const patch = sandbox.payPart(mchOrderNo, "60")
    expect(patch).toMatchObject({ mchOrderNo, patchMchOrderNo: `${mchOrderNo}0001` })
    expect((await merchant.query({ orderNo: patch.orderNo })).data).toMatchObject({
      mchOrderNo,
      amount: "60",
    })
    // The merchant's own number is the original's all the same.
    expect((await merchant.query()).data).toMatchObject({ amount: "100", orderStatus: "PAYING" })
  })

  it("needs room for its serial number", async () => {
    const long = "M".repeat(28)
    await merchant.payIn({ mchOrderNo: long })
    expect(() => sandbox.payPart(long, "1")).toThrow(/no room/)
    const fitting = "M".repeat(27)
    await merchant.payIn({ mchOrderNo: fitting })
    expect(sandbox.payPart(fitting, "1").mchOrderNo).toHaveLength(32)
  })

  it.each(["0", "-1", "1.005", "ten", "", "60.50"])("is refused for the amount %j", (amount) => {
    expect(() => sandbox.payPart(mchOrderNo, amount)).toThrow()
    expect(ledger()).toEqual([])
  })

  it("has places where amounts are not whole", () => {
    sandbox.set({ wholeAmounts: false })
    expect(sandbox.payPart(mchOrderNo, "60.5").amount).toBe("60.50")
  })

  describe("and a transfer to the pay code", () => {
    const payCode = () => original()?.payCode ?? ""

    it("of what was ordered pays the order, and the next one is supplementary", () => {
      expect(sandbox.transfer(payCode(), "100")).toMatchObject({ orderType: "API" })
      expect(sandbox.transfer(payCode(), "100")).toMatchObject({ orderType: "PATCH" })
      expect(original()?.orderStatus).toBe("SUCCESS")
    })

    it("of another amount is supplementary", () => {
      expect(sandbox.transfer(payCode(), "99")).toMatchObject({ orderType: "PATCH" })
      expect(original()?.orderStatus).toBe("PAYING")
    })

    it("to a code that was not handed out moves nothing", async () => {
      expect(() => sandbox.transfer("1", "100")).toThrow(/No order waits/)
      sandbox.set({ ways: ["payDeskUrl"] })
      await merchant.payIn({ mchOrderNo: "other" })
      const hidden = sandbox.orders.get("other")?.payCode ?? ""
      expect(() => sandbox.transfer(hidden, "100")).toThrow(/No order waits/)
      expect(ledger()).toEqual([])
    })
  })
})
