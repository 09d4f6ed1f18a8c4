import { startMocasaSandbox, type MocasaSandbox } from ".."
import { Merchant, ORDER } from "./merchant"

const { orderNo } = ORDER

describe("the payment page", () => {
  let sandbox: MocasaSandbox
  let merchant: Merchant

  beforeEach(async () => {
    sandbox = await startMocasaSandbox()
    merchant = new Merchant(sandbox)
    await merchant.signIn()
  })

  afterEach(() => sandbox.close())

  async function createOrder(changes: Partial<typeof ORDER> = {}): Promise<string> {
    const { data } = await merchant.createOrder(changes)
    return String(data?.["paymentLink"])
  }

  const show = async (link: string) => (await fetch(link)).text()
  const press = async (link: string, button: "pay" | "decline" | "close") => {
    const { status, headers } = await fetch(`${link}/${button}`, {
      method: "POST",
      redirect: "manual",
    })
    return { status, location: headers.get("location") }
  }

  it("does not exist under a link that was not handed out", async () => {
    await createOrder()
    const response = await fetch(`${sandbox.url}/pay/${orderNo}`)
    expect(response.status).toBe(404)
    expect(await response.text()).toContain("Unknown payment link")
    expect((await press(`${sandbox.url}/pay/${orderNo}`, "pay")).status).toBe(404)
    expect(sandbox.ledger.entries()).toEqual([])
  })

  it("escapes what the merchant named the product", async () => {
    const page = await show(await createOrder({ productName: `<img src=x onerror="alert(1)">` }))
    expect(page).not.toContain("<img")
    expect(page).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;")
  })

  it("shows the product, the amount in pesos and the three buttons, and pays nothing by being shown", async () => {
    const page = await show(await createOrder({ amount: "1234567.5" }))
    expect(page).toContain("Barako coffee")
    expect(page).toContain("₱1,234,567.50")
    expect([...page.matchAll(/formaction="[^"]+\/(\w+)"/g)].map(([, name]) => name)).toEqual([
      "pay",
      "decline",
    ])
    expect(page).toMatch(/action="\/pay\/[^"]+\/close"/)
    expect(sandbox.ledger.entries()).toEqual([])
  })

  it("pays and leads back to the shop with the order's number and status", async () => {
    const link = await createOrder()
    expect(await press(link, "pay")).toEqual({
      status: 303,
      location: `http://shop.test/return?cart=1&orderNo=${orderNo}&status=success`,
    })
    expect(sandbox.ledger.entries({ kind: "payment", reference: orderNo })).toHaveLength(1)
  })

  it("declines and leads back to the shop, and the link can still be paid", async () => {
    const link = await createOrder()
    expect((await press(link, "decline")).location).toContain("status=failed")
    const page = await show(link)
    expect(page).toContain("You can still pay")
    expect(page).toMatch(/formaction="[^"]+\/pay"/)
    expect((await press(link, "pay")).location).toContain("status=success")
  })

  it("closes to the shop without any change", async () => {
    const link = await createOrder()
    expect(await press(link, "close")).toEqual({ status: 303, location: ORDER.returnUrl })
    expect(sandbox.orders.get(orderNo)?.transaction).toBeNull()
  })

  it("of a paid order says so and offers only the way back", async () => {
    const link = await createOrder()
    await press(link, "pay")
    const page = await show(link)
    expect(page).toContain("This order is paid")
    expect(page).not.toContain("formaction")
  })

  it("of a refunded order says so", async () => {
    const link = await createOrder()
    await press(link, "pay")
    await merchant.refundOrder()
    expect(await show(link)).toContain("has been refunded")
  })

  it("takes the money once when the button is pressed in two windows", async () => {
    const link = await createOrder()
    const [first, second] = await Promise.all([press(link, "pay"), press(link, "pay")])
    expect(second).toEqual(first)
    expect((await press(link, "decline")).location).toContain("status=success")
    expect(sandbox.ledger.entries()).toHaveLength(1)
  })
})
