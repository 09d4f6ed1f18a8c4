import { startMocopaySandbox, type MocopaySandbox } from ".."
import { Merchant, ORDER } from "./merchant"

const { referenceId } = ORDER

describe("the payment page", () => {
  let sandbox: MocopaySandbox
  let merchant: Merchant
  let now: number

  beforeEach(async () => {
    now = Date.UTC(2026, 0, 1)
    sandbox = await startMocopaySandbox({ now: () => now, linkLifeMs: 60_000 })
    merchant = new Merchant(sandbox)
  })

  afterEach(() => sandbox.close())

  async function begin(parameters: Record<string, string> = ORDER): Promise<string> {
    return String((await merchant.init(parameters)).body["redirectUrl"])
  }

  const show = async (page: string) => (await fetch(page)).text()

  /** As a browser does it: to where the button's form action leads. */
  async function press(page: string, button: string) {
    const hash = new URL(page).searchParams.get("hash")
    const response = await fetch(`${sandbox.url}/paymentService/${hash}/${button}`, {
      method: "POST",
      redirect: "manual",
    })
    return { status: response.status, location: response.headers.get("location") }
  }

  it("does not exist under a hash that was not handed out", async () => {
    const page = new URL(await begin())
    page.searchParams.set("hash", page.searchParams.get("trn") ?? "")
    const response = await fetch(page)
    expect(response.status).toBe(404)
    expect(await response.text()).toContain("Unknown payment link")
    expect((await press(page.href, "pay")).status).toBe(404)
    expect(sandbox.ledger.entries()).toEqual([])
  })

  it("closes when its time is over, whatever its address says of the end", async () => {
    const page = new URL(await begin())
    page.searchParams.set("exp", String(now + 1e9))
    now += 59_999
    expect((await fetch(page)).status).toBe(200)
    now += 1
    expect((await fetch(page)).status).toBe(410)
    expect((await press(page.href, "pay")).status).toBe(410)
    expect(sandbox.ledger.entries()).toEqual([])
  })

  it("can be closed at once", async () => {
    const page = await begin()
    sandbox.closeLink(referenceId)
    expect((await fetch(page)).status).toBe(410)
  })

  it("escapes what the merchant named its order", async () => {
    const page = await show(await begin({ ...ORDER, referenceId: "<img src=x onerror=alert(1)>" }))
    expect(page).not.toContain("<img")
    expect(page).toContain("&lt;img")
  })

  it("shows the price, the SMS and the buttons, and charges nothing by being shown", async () => {
    const page = await show(await begin())
    expect(page).toContain("10.00 EUR")
    expect(page).toMatch(/send PAY PP27638048 by SMS/)
    expect([...page.matchAll(/formaction="[^"]+\/(\w+)"/g)].map(([, name]) => name)).toEqual([
      "pay",
      "decline",
    ])
    expect(sandbox.ledger.entries()).toEqual([])
  })

  it("pays and sends the shopper back with the session, which appears here for the first time", async () => {
    const page = await begin()
    const { status, location } = await press(page, "pay")
    const payment = sandbox.payments.get(referenceId)
    expect(status).toBe(302)
    expect(Object.fromEntries(new URL(location ?? "").searchParams)).toEqual({
      cart: "1",
      sid: payment?.sessionId,
      sessionId: payment?.sessionId,
      requestId: payment?.requestId,
      referenceId,
      status: "PaymentComplete",
    })
    expect(page).not.toContain(payment?.sessionId)
    expect(sandbox.ledger.entries()).toHaveLength(1)
  })

  it("can send the shopper back with somebody else's session", async () => {
    sandbox.set({ toldSessionId: "somebody-elses" })
    const { location } = await press(await begin(), "pay")
    expect(location).toMatch(/sid=somebody-elses&sessionId=somebody-elses/)
    expect(location).toContain(`referenceId=${referenceId}`)
  })

  it("declines and sends the shopper back, and can still be paid", async () => {
    const page = await begin()
    expect((await press(page, "decline")).location).toContain("status=Canceled")
    expect(await show(page)).toContain("You can still pay")
    expect((await press(page, "pay")).location).toContain("status=PaymentComplete")
  })

  it("closes to the shop without any change", async () => {
    const page = await begin()
    expect((await press(page, "close")).location).toContain("status=Initialized")
    expect(sandbox.payments.get(referenceId)?.isTouched).toBe(false)
  })

  it("sends the shopper to the control box's address where the call named none", async () => {
    sandbox.set({ callbackUrl: "http://shop.test/box" })
    const { callbackUrl, ...others } = ORDER
    expect(callbackUrl).toBeDefined()
    expect((await press(await begin(others), "pay")).location).toMatch(
      /^http:\/\/shop\.test\/box\?/
    )
  })

  it("stays where it is where no address is known", async () => {
    const page = await begin({ pid: ORDER.pid })
    expect(await press(page, "pay")).toEqual({ status: 200, location: null })
    expect(await show(page)).toContain("This order is paid")
  })

  it("of a paid order offers only the way back", async () => {
    const page = await begin()
    await press(page, "pay")
    expect(await show(page)).not.toContain("formaction")
  })

  it("takes the money once when the button is pressed in two windows", async () => {
    const page = await begin()
    const [first, second] = await Promise.all([press(page, "pay"), press(page, "pay")])
    expect(second).toEqual(first)
    expect((await press(page, "decline")).location).toContain("status=PaymentComplete")
    expect(sandbox.ledger.entries()).toHaveLength(1)
  })
})
