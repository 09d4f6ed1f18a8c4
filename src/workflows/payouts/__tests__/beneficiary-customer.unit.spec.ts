import { asValue } from "@medusajs/framework/awilix"
import { createMedusaContainer } from "@medusajs/framework/utils"
import { systemHand } from "../../../modules/payout/actor"
import { linkPayoutBeneficiaryWorkflow } from "../beneficiary-customer"

type Linked = { customer: { customer_id: string } }

describe("the link of a beneficiary to a customer", () => {
  /** What the shop's own code does after it was changed. */
  let afterwards: () => void
  linkPayoutBeneficiaryWorkflow.hooks.done(() => afterwards())

  beforeEach(() => {
    afterwards = () => undefined
  })

  function shop({ canNote = true } = {}) {
    const books = { customer: "cus_1" as string | null, lines: [] as unknown[] }
    const registered: Record<string, unknown> = {
      query: {
        graph: async () => ({ data: [{ id: "poben_1", customer: { id: books.customer } }] }),
      },
      customer: { retrieveCustomer: async () => ({}) },
      link: {
        dismiss: async () => {
          books.customer = null
        },
        create: async ({ customer: { customer_id } }: Linked) => {
          books.customer = customer_id
        },
      },
      payout: {
        noteCustomer: async (...line: unknown[]) => {
          if (!canNote) {
            throw new Error("The database is away")
          }
          books.lines.push(line)
        },
      },
    }
    const container = createMedusaContainer()
    for (const [name, value] of Object.entries(registered)) {
      container.register(name, asValue(value))
    }
    const link = async (customer_id: string | null) =>
      await linkPayoutBeneficiaryWorkflow(container).run({
        input: { id: "poben_1", customer_id, actor: "system" },
      })
    return { books, link }
  }

  const line = (from: string | null, to: string | null) => ["poben_1", { from, to }, systemHand]

  it("is written down as it was and as it is, and not where nothing changes", async () => {
    const { books, link } = shop()
    await link("cus_1")
    expect(books.lines).toEqual([])
    await link("cus_2")
    await link(null)
    expect(books).toEqual({ customer: null, lines: [line("cus_1", "cus_2"), line("cus_2", null)] })
  })

  it("stays as it was where it can't be written down", async () => {
    const { books, link } = shop({ canNote: false })
    await expect(link("cus_2")).rejects.toMatchObject({ message: "The database is away" })
    expect(books.customer).toBe("cus_1")
  })

  it("is taken back, with a line too, where the shop's own code fails after it", async () => {
    const { books, link } = shop()
    afterwards = () => {
      throw new Error("The shop does not want it")
    }
    await expect(link("cus_2")).rejects.toMatchObject({ message: "The shop does not want it" })
    expect(books).toEqual({
      customer: "cus_1",
      lines: [line("cus_1", "cus_2"), line("cus_2", "cus_1")],
    })
  })
})
