import { createMedusaContainer } from "@medusajs/framework/utils"
import { cancelSale } from "../end-sale"

const done: string[] = []
const shop = { row: "open", state: "declined", isPaidMeanwhile: false, sessions: ["payses_link"] }

jest.mock("@medusajs/medusa/core-flows", () => ({
  deleteDraftOrdersWorkflow: () => ({ run: async () => done.push("delete draft") }),
}))
jest.mock("../../leases", () => ({
  withPaymentsOfOrder: async (_: unknown, __: unknown, work: () => Promise<void>) => await work(),
}))
jest.mock("../../medusa-reads", () => ({ sessionsOfOrder: async () => shop.sessions }))
jest.mock("../../order-payments/open-order-payment", () => ({
  releaseSessions: async () => {
    if (shop.isPaidMeanwhile) {
      throw new Error("was made in the meantime")
    }
    done.push("release")
  },
}))
jest.mock("../../exceptions/announce-exception", () => ({
  exceptionsOf: () => ({ addLine: async () => done.push("note") }),
}))
jest.mock("../../payments/settle-payment", () => ({}))
jest.mock("../../../providers/base/sync-order", () => ({}))
jest.mock("../finish-sale", () => ({}))
jest.mock("../till-order", () => ({
  tillContext: () => ({}),
  tillOrder: async () => ({ id: "order_1", is_draft_order: true, due: "7.50" }),
}))
jest.mock("../read-sale", () => ({
  requireSale: async () => ({
    id: "gwsale_1",
    order_id: "order_1",
    provider_id: "pp_kess_till",
    session_id: "payses_1",
    is_own_draft: true,
    state: shop.row,
  }),
  readSale: async () => ({
    can_cancel: shop.row === "open",
    state: shop.row === "open" ? shop.state : shop.row,
  }),
  lastAttempt: async () => ({ money: [] }),
  salesOf: () => ({
    end: async () => {
      shop.row = "canceled"
      done.push("end")
      return true
    },
  }),
}))

describe("canceling a sale at the till", () => {
  const container = createMedusaContainer()
  const cancel = async () => await cancelSale(container, { id: "gwsale_1", actor: "user_1" })

  beforeEach(() => {
    done.length = 0
    Object.assign(shop, { row: "open", state: "declined", isPaidMeanwhile: false, sessions: [] })
  })

  it("lets go of its payment, ends, and deletes its draft, in that order", async () => {
    await cancel()
    expect(done).toEqual(["release", "end", "note", "delete draft"])
  })

  it("changes nothing where the shopper paid in the meantime", async () => {
    shop.isPaidMeanwhile = true
    await expect(cancel()).rejects.toThrow("in the meantime")
    expect(done).toEqual([])
    expect(shop.row).toBe("open")
  })

  it("keeps a draft that another payment was begun or made for", async () => {
    shop.sessions = ["payses_link"]
    await cancel()
    expect(done).toEqual(["release", "end", "note"])
  })

  it("deletes the draft that a server left which died right after the end", async () => {
    shop.row = "canceled"
    await cancel()
    expect(done).toEqual(["delete draft"])
  })

  it("lets the payment stand that was given back", async () => {
    shop.state = "refunded"
    shop.sessions = ["payses_1"]
    await cancel()
    expect(done).toEqual(["end", "note"])
  })
})
