import { newOrder } from "../../../modules/payment-journal/__tests__/fixtures"
import type { GatewayOrderState } from "../../../modules/payment-journal/gateway-order"
import { MemoryJournal } from "../../../modules/payment-journal/__tests__/memory-journal"
import { paidCart } from "../cart"
import { MadeUpRequest } from "./made-up-request"

const mockComplete = jest.fn(async () => ({ result: { id: "order_1" }, errors: [] }))
jest.mock("@medusajs/medusa/core-flows", () => ({
  completeCartWorkflow: () => ({ run: mockComplete }),
}))
jest.mock("../../../workflows/payments/cart-completion", () => ({
  completingCart: async (_container: object, _cartId: string, complete: () => Promise<unknown>) =>
    await complete(),
}))
/** The connection in these tests is the journal itself. */
jest.mock("../../../modules/payment-journal/repositories/orders", () => ({
  PostgresJournal: function (journal: object) {
    return journal
  },
}))

/** The webhook was read, and Medusa has not completed the cart yet. */
async function changeOfCartIn(state: GatewayOrderState): Promise<MadeUpRequest> {
  const journal = new MemoryJournal({ cartOf: () => "cart_1" })
  const order = newOrder({
    provider_id: "pp_mocasa_mocasa",
    payment_collection_id: "pay_col_1",
  })
  await journal.openOrder(order)
  await journal.changeOrder(order.reference, { state })
  const options = {
    baseUrl: "http://127.0.0.1:9", // nobody listens: what the journal knows must be enough
    clientKey: "mp_key",
    clientSecret: "a-client-secret",
    returnUrl: "https://shop.example/return",
  }
  const made = new MadeUpRequest({
    id: "cart_1",
    connection: journal,
    providers: [{ resolve: "medusa-regional-payments/providers/mocasa", id: "mocasa", options }],
    carts: {},
  })
  await paidCart(made.req, made.res, made.next)
  return made
}

describe("a cart whose payment the journal knows", () => {
  it.each(["paid", "authorized"] as const)(
    "can't be changed any more: it was %s and only waits to be completed",
    async (state) => {
      const { passed, answer } = await changeOfCartIn(state)
      expect(passed).toBe(0)
      expect(answer).toMatchObject({ status: 409 })
      expect(mockComplete).toHaveBeenCalled()
    }
  )

  it.each(["refunded", "chargeback", "canceled"] as const)("can be changed: %s", async (state) => {
    expect(await changeOfCartIn(state)).toMatchObject({ passed: 1, answer: undefined })
  })
})
