import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { noteOnSession, releaseReservation, takeBackRow } from "../medusa-writes"
import type { PaymentState } from "../payments/settle-payment"

describe("note on session", () => {
  type Row = { status: string; payment?: { id: string } }

  const session = {
    id: "payses_1",
    provider_id: "pp_acme_acme",
    amount: 100,
    currency_code: "eur",
    payment_collection_id: "pay_col_1",
  }

  /** What is written to a session that was read as `status`, and that looks like `now` a moment later. */
  async function written(status: string, state: PaymentState, now: Row = { status }) {
    const updates: unknown[] = []
    const payment = {
      retrievePaymentSession: async () => ({ ...session, ...now, data: { reference: "R1" } }),
      updatePaymentSession: async (update: { status: string }) => updates.push(update.status),
    }
    const container: MedusaContainer = Object.assign(Object.create(null), {
      resolve: () => payment,
    })
    await noteOnSession(
      container,
      { ...session, status, hasPayment: false, payment: null, captureIds: [] },
      state
    )
    return updates
  }

  describe("what is noted on a payment session", () => {
    it.each([
      ["failed", "error"],
      ["mismatch", "error"],
      ["expired", "canceled"],
      ["canceled", "canceled"],
    ] as const)("of one that waits and is %s is %s", async (state, status) => {
      expect(await written("pending", state)).toEqual([status])
    })

    it.each(["error", "canceled"])("of one that was %s and is paid is pending", async (status) => {
      expect(await written(status, "paid")).toEqual(["pending"])
    })

    it("is nothing for an order that was placed before its payment", async () => {
      expect(await written("pending_authorization", "expired")).toEqual([])
    })

    it.each([
      ["pending", "failed"],
      ["error", "paid"],
    ] as const)(
      "is nothing where somebody else authorized it since it was read as %s",
      async (status, state) => {
        const payment = { id: "pay_1" }
        expect(await written(status, state, { status: "authorized", payment })).toEqual([])
      }
    )
  })
})

describe("release reservation", () => {
  const order = { session_id: "payses_1", attached_session_id: null }

  type Row = {
    id: string
    canceled_at: Date | null
    captures: { id: string }[]
    payment_collection: { order: { status: string } | null } | null
  }

  const left: Row = {
    id: "pay_1",
    canceled_at: null,
    captures: [],
    payment_collection: { order: { status: "canceled" } },
  }

  /** Whether it was found to cancel, and which payments Medusa was told to cancel. */
  async function released(state: PaymentState | null, row: Row | undefined, refuses = false) {
    const canceled: string[] = []
    const payment = {
      cancelPayment: async (id: string) => {
        if (refuses) {
          throw new Error("whether the void was made is not known yet")
        }
        canceled.push(id)
      },
    }
    const query = { graph: async () => ({ data: row ? [row] : [] }) }
    const container: MedusaContainer = Object.assign(Object.create(null), {
      resolve: (key: string) => (key === Modules.PAYMENT ? payment : query),
    })
    return { found: await releaseReservation(container, order, state), canceled }
  }

  describe("what is reserved for an order that was canceled", () => {
    it.each(["authorized", "canceled"] as const)(
      "is given back the way that core could not (%s)",
      async (state) => {
        expect(await released(state, left)).toEqual({ found: true, canceled: ["pay_1"] })
      }
    )

    it("stays to be tried again while the gateway does not give it back", async () => {
      await expect(released("authorized", left, true)).rejects.toThrow(/not known yet/)
    })

    it.each([
      "paid",
      "pending",
      "failed",
      "expired",
      "refunded",
      "chargeback",
      "mismatch",
      null,
    ] as const)("is left alone where the gateway says %s", async (state) => {
      expect(await released(state, left)).toEqual({ found: false, canceled: [] })
    })

    it.each<[string, Row | undefined]>([
      ["an order that stands", { ...left, payment_collection: { order: { status: "pending" } } }],
      ["no order yet", { ...left, payment_collection: { order: null } }],
      ["no payment of Medusa's", undefined],
      ["a payment that was canceled", { ...left, canceled_at: new Date(0) }],
      ["a payment that was captured", { ...left, captures: [{ id: "capt_1" }] }],
    ])("is not touched for %s", async (_what, row) => {
      expect(await released("authorized", row)).toEqual({ found: false, canceled: [] })
    })
  })
})

describe("take back row", () => {
  type Kind = "refund" | "capture" | "void" | "charge"

  /** What is deleted where Medusa has these rows. */
  async function takenBack(kind: Kind, medusa_id: string | null, rows: string[]) {
    const deleted: string[] = []
    const list = async ({ id }: { id: string[] }) =>
      rows.filter((row) => id.includes(row)).map((row) => ({ id: row }))
    const remove = (what: string) => async (ids: string[]) => {
      deleted.push(...ids.map((id) => `${what} ${id}`))
    }
    const payment = {
      listRefunds: list,
      listCaptures: list,
      deleteRefunds: remove("refund"),
      deleteCaptures: remove("capture"),
    }
    const container: MedusaContainer = Object.assign(Object.create(null), {
      resolve: () => payment,
    })
    return { found: await takeBackRow(container, { kind, medusa_id }), deleted }
  }

  describe("the row that Medusa wrote for a move whose server died", () => {
    it.each(["refund", "capture"] as const)("of a %s is deleted, and no other", async (kind) => {
      expect(await takenBack(kind, "row_1", ["row_1", "row_2"])).toEqual({
        found: true,
        deleted: [`${kind} row_1`],
      })
    })

    it.each(["refund", "capture"] as const)(
      "of a %s is gone where Medusa deleted it itself",
      async (kind) => {
        expect(await takenBack(kind, "row_1", ["row_2"])).toEqual({ found: false, deleted: [] })
      }
    )

    it.each([
      ["void", "row_1"],
      ["charge", "payses_1"],
      ["refund", null],
    ] as const)("is nobody's for a %s of %s", async (kind, id) => {
      expect(await takenBack(kind, id, ["row_1", "payses_1"])).toEqual({
        found: false,
        deleted: [],
      })
    })
  })
})
