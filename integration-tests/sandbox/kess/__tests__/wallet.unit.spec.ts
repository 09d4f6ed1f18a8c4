import { setTimeout as pause } from "node:timers/promises"
import { startKessSandbox, type KessSandbox } from ".."
import { Merchant, ORDER } from "./merchant"

const { out_trade_no } = ORDER

describe("the wallet", () => {
  let sandbox: KessSandbox
  let merchant: Merchant

  beforeEach(async () => {
    sandbox = await startKessSandbox()
    merchant = new Merchant(sandbox)
    await merchant.signIn()
  })

  afterEach(() => sandbox.close())

  async function qrCode(changes: Record<string, unknown> = {}): Promise<string> {
    const answer = await merchant.nativePay(changes)
    return answer.success ? String(answer.data["qr_code"]) : ""
  }

  async function scan(code: string): Promise<{ status: number; page: string }> {
    const response = await fetch(`${sandbox.walletUrl}?${new URLSearchParams({ code })}`)
    return { status: response.status, page: await response.text() }
  }

  /** Where the button of a page sends its form. */
  function actionOf(page: string, label: string): string {
    const [, action] = new RegExp(`formaction="([^"]+)"[^>]*>\\s*${label}\\s*<`).exec(page) ?? []
    return action ?? ""
  }

  async function press(page: string, label: string) {
    const url = new URL(actionOf(page, label), sandbox.url)
    const { status, headers } = await fetch(url, { method: "POST", redirect: "manual" })
    return { status, location: headers.get("location") }
  }

  it("asks for the text of a QR", async () => {
    const { status, page } = await scan("")
    expect(status).toBe(200)
    expect(page).toMatch(/<input name="code"/)
    expect(page).not.toContain("formaction")
  })

  it("knows no code that was not handed out, and no order by its number", async () => {
    await qrCode()
    for (const code of [out_trade_no, "weixin://wxpay/bizpayurl?pr=guessed"]) {
      const { status, page } = await scan(code)
      expect(status).toBe(404)
      expect(page).toContain("no order behind this code")
    }
    const response = await fetch(`${sandbox.walletUrl}/pay?code=${out_trade_no}`, {
      method: "POST",
    })
    expect(response.status).toBe(404)
    expect(sandbox.ledger.entries()).toEqual([])
  })

  it("shows what is to be paid with the fee, and pays nothing by showing it", async () => {
    const { page } = await scan(await qrCode({ amount: 100, fee_rate: 2, sub_store_name: "Foo" }))
    expect(page).toContain("102.00 USD")
    expect(page).toContain("Foo")
    expect(page).toContain("WeChat Pay")
    expect(sandbox.ledger.entries()).toEqual([])
  })

  it("escapes what the merchant named the store", async () => {
    const { page } = await scan(await qrCode({ sub_store_name: `<img src=x onerror="alert(1)">` }))
    expect(page).not.toContain("<img")
    expect(page).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;")
  })

  it("bears spaces around what was pasted", async () => {
    expect((await scan(` ${await qrCode()}\n`)).status).toBe(200)
  })

  it("pays once, also when the button is pressed in two windows", async () => {
    const code = await qrCode()
    const { page } = await scan(code)
    const [first, second] = await Promise.all([press(page, "Pay"), press(page, "Pay")])
    expect(first).toEqual({ status: 303, location: `/wallet?code=${encodeURIComponent(code)}` })
    expect(second).toEqual(first)
    expect(sandbox.ledger.entries({ kind: "payment", reference: out_trade_no })).toHaveLength(1)
    const paid = await scan(code)
    expect(paid.page).toContain("Paid.")
    expect(paid.page).not.toContain("formaction")
  })

  it("declines, and can still pay", async () => {
    const code = await qrCode()
    await press((await scan(code)).page, "Decline")
    expect(sandbox.orders.get(out_trade_no)?.declined).toBe(true)
    const { page } = await scan(code)
    expect(page).toContain("You can still pay")
    await press(page, "Pay")
    expect(sandbox.ledger.entries()).toHaveLength(1)
  })

  it("lists what a seller has scanned and waits for the PIN, until it was paid", async () => {
    sandbox.set({ onScan: "waits" })
    const call = merchant.quickPay()
    while (sandbox.orders.all().length === 0) await pause(2)
    const { page } = await scan("")
    const [, link = ""] = /<a href="([^"]+)">0.30 USD</.exec(page) ?? []
    const order = await (await fetch(new URL(link, sandbox.url))).text()
    await press(order, "Pay")
    expect(await call).toMatchObject({ data: { result_code: "SUCCESS" } })
    expect((await scan("")).page).not.toContain("0.30 USD")
  })
})
