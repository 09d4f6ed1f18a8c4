import { asValue } from "@medusajs/framework/awilix"
import type { MedusaContainer } from "@medusajs/framework/types"
import { createMedusaContainer } from "@medusajs/framework/utils"
import type { TransferState } from "../../../modules/payout/domain/state"
import { actorOf } from "../payout-workflow"
import { type CreatePayoutTransferInput, createPayoutTransferWorkflow } from "../transfers"

describe("actor of", () => {
  const ana = { id: "user_ana", email: "ana@shop.example" }

  type Key = { id: string; created_by: string }

  function shop(...keys: Key[]): MedusaContainer {
    const among = <Row extends { id: string }>(rows: readonly Row[]) => {
      return async ({ id }: { id: string[] }) => rows.filter((row) => id.includes(row.id))
    }
    const container = createMedusaContainer()
    container.register("user", asValue({ listUsers: among([ana]) }))
    container.register("api_key", asValue({ listApiKeys: among(keys) }))
    return container
  }

  describe("Who acts", () => {
    it("is the admin who is logged in, with the e-mail", async () => {
      expect(await actorOf(shop(), ana.id)).toEqual(ana)
    })

    it("is whoever made the secret API key, and the key is kept in mind", async () => {
      const container = shop({ id: "apk_1", created_by: ana.id })
      expect(await actorOf(container, "apk_1")).toEqual({ ...ana, key: "apk_1" })
    })

    it("is whoever made the key that the key was made with", async () => {
      const container = shop(
        { id: "apk_1", created_by: ana.id },
        { id: "apk_2", created_by: "apk_1" },
        { id: "apk_3", created_by: "apk_2" }
      )
      expect(await actorOf(container, "apk_3")).toEqual({ ...ana, key: "apk_3" })
    })

    it("is nobody, and may do nothing, with a key whose maker was a key that is gone", async () => {
      const container = shop({ id: "apk_2", created_by: "apk_1" })
      await expect(actorOf(container, "apk_2")).rejects.toMatchObject({
        type: "not_allowed",
        message: expect.stringContaining("nobody can tell whose it is"),
      })
    })

    it("is an admin who is gone, by the id, where that is who made the key", async () => {
      const container = shop({ id: "apk_1", created_by: "user_gone" })
      expect(await actorOf(container, "apk_1")).toEqual({ id: "user_gone", key: "apk_1" })
    })

    it("is the key itself where the shop's own code made it", async () => {
      const container = shop({ id: "apk_1", created_by: "" }, { id: "apk_2", created_by: "apk_1" })
      expect(await actorOf(container, "apk_1")).toEqual({ id: "apk_1" })
      expect(await actorOf(container, "apk_2")).toEqual({ id: "apk_1", key: "apk_2" })
    })

    it("is the shop's own code by its word", async () => {
      expect(await actorOf(shop(), "system")).toEqual({ id: "system" })
      expect(await actorOf(createMedusaContainer(), "system")).toEqual({ id: "system" })
    })
  })
})

describe("create transfer", () => {
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
      user: { listUsers: async () => [{ id: "user_1", email: "ana@shop.example" }] },
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
    expect(calls).toEqual([["make", wanted, { id: "user_1", email: "ana@shop.example" }]])
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
      expect(calls.at(-1)).toEqual([by, "ptrf_1", { id: "system" }, expect.any(String)])
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
