import type { MedusaContainer } from "@medusajs/framework/types"
import { takeBackRow } from "../take-back-row"

type Kind = "refund" | "capture" | "reverse" | "charge"

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
  const container: MedusaContainer = Object.assign(Object.create(null), { resolve: () => payment })
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
    ["reverse", "row_1"],
    ["charge", "payses_1"],
    ["refund", null],
  ] as const)("is nobody's for a %s of %s", async (kind, id) => {
    expect(await takenBack(kind, id, ["row_1", "payses_1"])).toEqual({ found: false, deleted: [] })
  })
})
