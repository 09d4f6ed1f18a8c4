import { startCashySandbox, type CashySandbox } from ".."
import { Merchant, ORDER } from "./merchant"

const { mchOrderNo } = ORDER

describe("the pay desk", () => {
  let sandbox: CashySandbox
  let merchant: Merchant

  beforeEach(async () => {
    sandbox = await startCashySandbox({ ways: ["payDeskUrl", "payUrl"] })
    merchant = new Merchant(sandbox)
  })

  afterEach(() => sandbox.close())

  async function createOrder(way = "payDeskUrl", changes: object = {}): Promise<string> {
    const { data } = await merchant.payIn({ ...changes })
    return String(data?.[way])
  }

  const show = async (link: string) => (await fetch(link)).text()
  const buttons = (page: string) =>
    [...page.matchAll(/<button[^>]*>\s*([^<]*?)\s*<\/button>/g)].map(([, label]) => label)
  const press = async (link: string, button: "pay" | "decline" | "part", amount?: string) => {
    const { status, headers } = await fetch(`${link}/${button}`, {
      method: "POST",
      redirect: "manual",
      ...(amount !== undefined && { body: new URLSearchParams({ amount }) }),
    })
    return { status, location: headers.get("location") }
  }

  it("does not exist under a link that was not handed out", async () => {
    await createOrder()
    const link = `${sandbox.url}/pay/${mchOrderNo}`
    const response = await fetch(link)
    expect(response.status).toBe(404)
    expect(await response.text()).toContain("Unknown order")
    expect((await press(link, "pay")).status).toBe(404)
    expect(sandbox.ledger.entries()).toEqual([])
  })

  it("escapes what the merchant called the order", async () => {
    const page = await show(await createOrder("payDeskUrl", { mchOrderNo: `<img src="x">` }))
    expect(page).not.toContain("<img")
    expect(page).toContain("&lt;img src=&quot;x&quot;&gt;")
  })

  it.each(["payDeskUrl", "payUrl"])(
    "behind %s shows the amount and the buttons, and pays nothing by being shown",
    async (way) => {
      const page = await show(await createOrder(way, { amount: "1234567" }))
      expect(page).toContain("PKR 1,234,567.00")
      expect(buttons(page)).toEqual(["Pay", "Decline", "Pay another amount"])
      expect(sandbox.ledger.entries()).toEqual([])
    }
  )

  it.each(["payDeskUrl", "payUrl"])("behind %s pays, and stays where it is", async (way) => {
    const link = await createOrder(way)
    expect(await press(link, "pay")).toEqual({ status: 303, location: new URL(link).pathname })
    const page = await show(link)
    expect(page).toContain("This order is paid")
    expect(buttons(page)).toEqual(["Pay another amount"])
    expect(sandbox.ledger.entries({ kind: "payment", reference: mchOrderNo })).toHaveLength(1)
  })

  it("declines, and then offers only a supplementary payment", async () => {
    const link = await createOrder()
    await press(link, "decline")
    expect((await press(link, "pay")).status).toBe(303)
    const page = await show(link)
    expect(page).toContain("declined or has expired")
    expect(buttons(page)).toEqual(["Pay another amount"])
    expect(sandbox.ledger.entries()).toEqual([])
  })

  it("pays another amount beside the order, which stays open", async () => {
    const link = await createOrder()
    expect((await press(link, "part", "60")).status).toBe(303)
    expect((await press(link, "part", " 15.00 ")).status).toBe(303)
    const page = await show(link)
    expect(page).toContain("Beside it you paid PKR 60.00 and PKR 15.00.")
    expect(buttons(page)).toContain("Pay")
    expect(sandbox.ledger.entries().map(({ amount }) => amount)).toEqual(["60.00", "15.00"])
  })

  it.each([undefined, "", "0", "ten", "1.005", "60.50"])(
    "says what is wrong with the amount %j",
    async (amount) => {
      const link = await createOrder()
      const body = amount === undefined ? undefined : new URLSearchParams({ amount })
      const response = await fetch(`${link}/part`, { method: "POST", body })
      expect(response.status).toBe(400)
      expect(await response.text()).toContain('role="alert"')
      expect(sandbox.ledger.entries()).toEqual([])
    }
  )

  it("takes the money once when the button is pressed in two windows", async () => {
    const link = await createOrder()
    await Promise.all([press(link, "pay"), press(link, "pay")])
    expect(sandbox.ledger.entries()).toHaveLength(1)
  })
})

describe("the bank", () => {
  let sandbox: CashySandbox

  beforeEach(async () => {
    sandbox = await startCashySandbox({ ways: ["payCode"] })
    await new Merchant(sandbox).payIn()
  })

  afterEach(() => sandbox.close())

  async function send(payCode: string, amount: string) {
    const response = await fetch(`${sandbox.url}/bank`, {
      method: "POST",
      body: new URLSearchParams({ payCode, amount }),
    })
    return { status: response.status, page: await response.text() }
  }

  it("asks for a pay code and an amount", async () => {
    const page = await (await fetch(`${sandbox.url}/bank`)).text()
    expect(page).toContain('name="payCode"')
    expect(page).toContain('name="amount"')
  })

  it("sends the money to the order that waits for it", async () => {
    const { payCode = "" } = sandbox.orders.get(mchOrderNo) ?? {}
    expect((await send(` ${payCode} `, "100")).page).toContain("You sent PKR 100.00.")
    expect(sandbox.orders.get(mchOrderNo)).toMatchObject({ orderStatus: "SUCCESS" })
  })

  it.each([
    ["no such code", "1", "100"],
    ["no amount", undefined, "ten"],
  ])("refuses %s", async (_, code, amount) => {
    const { payCode = "" } = sandbox.orders.get(mchOrderNo) ?? {}
    expect((await send(code ?? payCode, amount)).status).toBe(400)
    expect(sandbox.ledger.entries()).toEqual([])
  })
})
