import { SavedMethodsProvider } from "../../src/providers/base/saved-methods"
import { readNextAction } from "../../src/testing/conformance/support/shopper"
import { PaymentzShops, type PaymentzShop } from "./support/paymentz-shop"
import { referenceOf } from "../../src/testing/conformance/support/store"
import type { Session } from "../../src/testing/conformance/support/payment-rows"

const shops = new PaymentzShops()
const customer = { id: "cus_markedOwner", email: "owner@shop.test" }
const context = { account_holder: { data: { customer_id: customer.id } } }

afterEach(() => shops.closeAll())

/** What is Paymentz's alone about cards that customers save. */
describe("paymentz: a saved card", () => {
  it("that needs 3-D Secure sends the shopper there, and is paid once he confirmed it", async () => {
    const { store, sandbox, session } = await chosen()
    sandbox.set({ savedCardPayment: "3d" })
    const { payment } = await store.medusa.authorize(session)
    expect(payment).toBeUndefined()
    const action = readNextAction(session.data)
    if (action.type !== "redirect") throw new Error(`To go to: ${JSON.stringify(action)}`)
    expect(await (await fetch(action.url)).text()).toContain("3-D Secure")

    sandbox.pay(referenceOf(session))
    expect((await store.medusa.authorize(session)).status).toBe("captured")
    expect(charges({ sandbox })).toBe(1)
  })

  it("is charged again without 3-D Secure, as a subscription does", async () => {
    const { store, sandbox } = await shops.open()
    sandbox.set({ savedCardPayment: "3d" })
    const { registrationId } = sandbox.saveCard(customer)
    const data = { saved_method_id: registrationId }
    const session = await store.request("charge", { data, customer })
    expect((await store.medusa.authorize(session)).status).toBe("captured")
  })

  it("that was saved on the hosted page is listed, can be used, and can be removed", async () => {
    const { store, sandbox } = await shops.open()
    const session = await store.checkout("100", { data: { save_method: true }, customer })
    await payWithBoxTicked(sandbox.payments.best(referenceOf(session))?.linkId)
    const { provider } = store.medusa
    if (!(provider instanceof SavedMethodsProvider)) throw new Error("It keeps no saved methods")
    const [card] = await provider.listPaymentMethods({ context })
    expect(card).toMatchObject({ data: { last_four_digits: "1111" } })
    const id = card?.id ?? ""

    const again = await store.checkout("70", { data: { saved_method_id: id }, customer })
    expect((await store.medusa.authorize(again)).status).toBe("captured")

    await provider.deletePaymentMethod({ context, data: { id } })
    expect(await provider.listPaymentMethods({ context })).toEqual([])

    async function payWithBoxTicked(linkId = "") {
      const answer = await fetch(`${sandbox.url}/transaction/page/${linkId}/pay`, {
        method: "POST",
        body: new URLSearchParams({ saveCard: "true" }),
      })
      expect(answer.status).toBe(200)
    }
  })
})

async function chosen(): Promise<PaymentzShop & { session: Session }> {
  const shop = await shops.open()
  const { registrationId } = shop.sandbox.saveCard(customer)
  const data = { saved_method_id: registrationId }
  return { ...shop, session: await shop.store.checkout("100", { data, customer }) }
}

function charges({ sandbox }: Pick<PaymentzShop, "sandbox">): number {
  return sandbox.calls.list().filter((call) => call.path.includes("/paywithtoken/")).length
}
