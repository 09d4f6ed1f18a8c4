import { readNextAction, payer } from "../../src/testing/conformance/support/shopper"
import { PaymentzShops } from "./support/paymentz-shop"
import { referenceOf } from "../../src/testing/conformance/support/store"

const shops = new PaymentzShops()

afterEach(() => shops.closeAll())

describe("paymentz: an invoice", () => {
  it("is a link that pays the order, found again by our reference", async () => {
    const { store, sandbox } = await shops.open()
    const session = await store.request("link", { data: { payer } })
    const action = readNextAction(session.data)
    if (action.type !== "redirect") throw new Error(`To go to: ${JSON.stringify(action)}`)
    expect(await (await fetch(action.url)).text()).toContain("100.00 USD")
    expect((await store.medusa.authorize(session)).status).toBe("pending")
    sandbox.pay(referenceOf(session))
    expect((await store.medusa.receive(await store.lastWebhook())).action).toBe("captured")
  })
})
