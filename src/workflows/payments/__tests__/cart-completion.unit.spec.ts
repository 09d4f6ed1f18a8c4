import { asValue } from "@medusajs/framework/awilix"
import {
  ContainerRegistrationKeys,
  createMedusaContainer,
  MedusaError,
} from "@medusajs/framework/utils"
import { completingCart, completionFailure } from "../cart-completion"

const action = "complete-cart-after-payment-step"
const said = (error: unknown) => completionFailure([{ action, error }])

describe("why the order of a paid cart could not be made", () => {
  it.each<[string, string]>([
    ["not_allowed", "Not enough stock available for item iitem_1 at location sloc_1"],
    [
      "invalid_data",
      "No shipping method selected but the cart contains items that require shipping.",
    ],
    ["invalid_data", "Payment provider pp_kess_qr is not enabled in the cart's region reg_1."],
    ["invalid_data", "Cannot complete a cart with no items"],
    ["not_found", "Sales channel with id: sc_1 was not found"],
  ])("is a person's to settle where core says %s: %s", (type, message) => {
    expect(said({ name: "Error", type, message })).toEqual({ reason: message, isFinal: true })
    expect(said(new MedusaError(type, message))).toEqual({ reason: message, isFinal: true })
  })

  it("is a person's to settle where core reads what was deleted", () => {
    const message = "Cannot read properties of undefined (reading 'product')"
    expect(said({ name: "TypeError", message })).toEqual({
      reason: `something that the cart needs was deleted (TypeError: ${message})`,
      isFinal: true,
    })
  })

  it.each<[string, unknown, string]>([
    ["a lock", new Error('Failed to acquire lock for key "cart_1"'), "Error"],
    [
      "the database",
      {
        name: "DeadlockException",
        message: "insert ... values ('maria@example.com')",
        code: "40P01",
      },
      "DeadlockException",
    ],
    ["a database's conflict", new MedusaError("conflict", "Serialization failure"), "Error"],
    [
      "the network",
      { name: "AxiosError", message: "connect ECONNREFUSED", type: undefined },
      "AxiosError",
    ],
    [
      "a gateway that does not confirm it yet",
      new MedusaError("not_allowed", "Session: payses_1 was not authorized with the provider."),
      "Error",
    ],
    ["a payment that needs more", new MedusaError("payment_requires_more_error", "More"), "Error"],
    ["nothing that is known", undefined, "unknown error"],
  ])("passes where it is %s, and nothing of its words is told", (_what, error, reason) => {
    expect(said(error)).toEqual({
      reason: `something failed that passes (${reason})`,
      isFinal: false,
    })
  })

  it("is not known where it was not the completion that failed", () => {
    const error = new MedusaError("not_allowed", "KESS refused")
    expect(completionFailure([{ action: "capture-payment", error }])).toBeUndefined()
    expect(completionFailure([])).toBeUndefined()
  })
})

describe("completing a cart", () => {
  /** Whose first look at its own tables fails, as where no connection is free at that moment. */
  function databaseThatIsAwayOnce() {
    let looks = 0
    const columns = async () => {
      looks += 1
      if (looks === 1) {
        throw new Error("no connection is free")
      }
      return []
    }
    const leases = { where: () => leases, delete: async () => 1 }
    const tableOf = (name: string) => {
      const isColumns = name === "information_schema.columns"
      const query = {
        whereRaw: () => query,
        where: () => query,
        whereIn: () => (isColumns ? columns() : leases),
      }
      return query
    }
    return Object.assign(tableOf, { raw: async () => ({ rows: [{ takeovers: 0 }] }) })
  }

  it("goes on after the database was away for a moment", async () => {
    const container = createMedusaContainer()
    container.register(ContainerRegistrationKeys.PG_CONNECTION, asValue(databaseThatIsAwayOnce()))
    const complete = async () => "order_1"
    await expect(completingCart(container, "cart_1", complete)).rejects.toThrow("no connection")
    expect(await completingCart(container, "cart_1", complete)).toBe("order_1")
  })
})
