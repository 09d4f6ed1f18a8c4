import type { MedusaContainer } from "@medusajs/framework/types"
import { asValue } from "@medusajs/framework/awilix"
import { createMedusaContainer } from "@medusajs/framework/utils"
import { actorOf } from "../actor-of"

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
