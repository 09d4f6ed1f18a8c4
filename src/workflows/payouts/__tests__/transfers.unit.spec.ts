import { asValue } from "@medusajs/framework/awilix"
import type { MedusaContainer } from "@medusajs/framework/types"
import { createMedusaContainer } from "@medusajs/framework/utils"
import { systemHand } from "../../../modules/payout/actor"
import type { TransferState } from "../../../modules/payout/domain/state"
import { type CreatePayoutTransferInput, createPayoutTransferWorkflow } from "../transfers"

describe("create transfer", () => {
  const ana = {
    id: "user_1",
    email: "ana@shop.example",
    created_at: new Date("2025-01-01T00:00:00Z"),
  }

  const request: CreatePayoutTransferInput = {
    beneficiary_id: "pben_1",
    amount: "100.00",
    currency_code: "php",
    purpose: "Commission",
    actor: "user_1",
  }

  /** What the shop's own code does after a transfer was made. */
  let afterwards: () => void
  createPayoutTransferWorkflow.hooks.done(() => afterwards())

  beforeEach(() => {
    afterwards = () => undefined
  })

  /** The module, in which the transfer is at `status` by the time the workflow fails. */
  function shop({ status, isNew = true }: { status: TransferState; isNew?: boolean }) {
    const calls: unknown[][] = []
    const warned: string[] = []
    const note =
      (name: string) =>
      async (...given: unknown[]) => {
        calls.push([name, ...given])
      }
    const registered: Record<string, unknown> = {
      logger: { warn: (line: string) => warned.push(line) },
      payout: {
        makeTransfer: async (...given: unknown[]) => {
          calls.push(["make", ...given])
          return { transfer: { id: "ptrf_1", reference: "P1" }, isNew }
        },
        findTransfer: async () => ({ id: "ptrf_1", reference: "P1", status }),
        rejectTransfer: note("reject"),
        cancelTransfer: note("cancel"),
      },
      user: { listUsers: async () => [ana] },
    }
    const container = createMedusaContainer()
    for (const [key, value] of Object.entries(registered)) {
      container.register(key, asValue(value))
    }
    return { container, calls, warned }
  }

  it("is made in the name of the admin who wants it", async () => {
    const { container, calls } = shop({ status: "awaiting_approval" })
    const { result } = await createPayoutTransferWorkflow(container).run({ input: request })
    const { actor: _, ...wanted } = request
    const { id, email, created_at: since } = ana
    expect(calls).toEqual([["make", wanted, { type: "user", id, email, since }]])
    expect(result).toEqual({ transfer: { id: "ptrf_1", reference: "P1" }, isNew: true })
  })

  describe("a transfer whose workflow fails later", () => {
    const fail = async (container: MedusaContainer) => {
      afterwards = () => {
        throw new Error("the rest failed")
      }
      const run = createPayoutTransferWorkflow(container).run({ input: request })
      await expect(run).rejects.toMatchObject({ message: "the rest failed" })
    }

    it.each([
      ["awaiting_approval", "reject"],
      ["approved", "cancel"],
    ] as const)("while it is %s is taken back", async (status, by) => {
      const { container, calls } = shop({ status })
      await fail(container)
      expect(calls.at(-1)).toEqual([
        by,
        "ptrf_1",
        systemHand,
        expect.objectContaining({ code: "workflow_failed" }),
      ])
    })

    it("after it was sent is left, and that is logged", async () => {
      const { container, calls, warned } = shop({ status: "processing" })
      await fail(container)
      expect(calls.map(([name]) => name)).toEqual(["make"])
      expect(warned).toEqual([expect.stringContaining("P1")])
    })

    it("that was made by an earlier call is left", async () => {
      const { container, calls } = shop({ status: "approved", isNew: false })
      await fail(container)
      expect(calls.map(([name]) => name)).toEqual(["make"])
    })
  })
})
