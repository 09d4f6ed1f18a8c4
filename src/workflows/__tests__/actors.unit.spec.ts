import { asValue } from "@medusajs/framework/awilix"
import type { MedusaContainer } from "@medusajs/framework/types"
import { createMedusaContainer } from "@medusajs/framework/utils"
import { livingActor } from "../../api/admin/admin-route"
import { approvalBlocker } from "../../modules/payout/actions/who-may-approve"
import { actorOf, whoIsNamed } from "../actors"
import { tellOfUselessApprovers } from "../payouts/useless-approvers"

type User = { id: string; email: string; created_at: Date; deleted_at: Date | null }
type Key = { id: string; created_by: string; revoked_at?: Date; created_at?: Date }

const longAgo = new Date("2025-01-01T00:00:00Z")
const later = new Date(Date.now() + 1_000)

function user(id: string, email: string, change: Partial<User> = {}): User {
  return { id, email, created_at: longAgo, deleted_at: null, ...change }
}

const ana = user("user_ana", "ana@shop.example")
const anaActs = { type: "user", id: ana.id, email: ana.email, since: longAgo }

type Filter = { id?: string[]; q?: string }

/** With Medusa's modules of users and keys, as far as they are asked. */
function shop({
  users = [ana],
  keys = [],
}: { users?: User[]; keys?: Key[] } = {}): MedusaContainer {
  const container = createMedusaContainer()
  const listUsers = async ({ id, q = "" }: Filter, { withDeleted = false } = {}) =>
    users.filter(
      (one) =>
        (withDeleted || one.deleted_at === null) &&
        (id === undefined || id.includes(one.id)) &&
        // As Medusa searches: a part, in any case.
        one.email.toLowerCase().includes(q.toLowerCase())
    )
  const listApiKeys = async ({ id = [] }: Filter) =>
    keys.filter((key) => id.includes(key.id)).map((key) => ({ created_at: longAgo, ...key }))
  container.register("user", asValue({ listUsers }))
  container.register("api_key", asValue({ listApiKeys }))
  return container
}

const nobody = { type: "unauthorized", message: expect.stringContaining("not there any more") }

describe("Who acts", () => {
  it("is the admin who is logged in, since when they are one, and their e-mail", async () => {
    expect(await actorOf(shop(), ana.id)).toEqual(anaActs)
  })

  it("is nobody once the admin was deleted, however long the token is valid", async () => {
    const gone = user("user_gone", "gone@shop.example", { deleted_at: longAgo })
    await expect(actorOf(shop({ users: [gone] }), gone.id)).rejects.toMatchObject(nobody)
    await expect(actorOf(shop(), "user_never")).rejects.toMatchObject(nobody)
    await expect(actorOf(createMedusaContainer(), ana.id)).rejects.toMatchObject(nobody)
  })

  it("is whoever made the secret API key, and the key is kept in mind", async () => {
    const container = shop({ keys: [{ id: "apk_1", created_by: ana.id }] })
    const acts = { type: "key", id: ana.id, key: "apk_1", since: longAgo }
    expect(await actorOf(container, "apk_1")).toEqual(acts)
  })

  it("is nobody with a key that was revoked, and still the key until then", async () => {
    const revoked = shop({ keys: [{ id: "apk_1", created_by: ana.id, revoked_at: longAgo }] })
    await expect(actorOf(revoked, "apk_1")).rejects.toMatchObject(nobody)
    const soon = shop({ keys: [{ id: "apk_1", created_by: ana.id, revoked_at: later }] })
    expect(await actorOf(soon, "apk_1")).toMatchObject({ key: "apk_1" })
  })

  it("is whoever made the key that the key was made with", async () => {
    const keys = [
      { id: "apk_1", created_by: ana.id },
      { id: "apk_2", created_by: "apk_1" },
      { id: "apk_3", created_by: "apk_2" },
    ]
    expect(await actorOf(shop({ keys }), "apk_3")).toMatchObject({ id: ana.id, key: "apk_3" })
  })

  it("is nobody, and may do nothing, with a key whose maker was a key that is gone", async () => {
    const container = shop({ keys: [{ id: "apk_2", created_by: "apk_1" }] })
    await expect(actorOf(container, "apk_2")).rejects.toMatchObject({
      type: "not_allowed",
      message: expect.stringContaining("nobody can tell whose it is"),
    })
  })

  it("is an admin who is gone, by the id, where that is who made a key that is there", async () => {
    const container = shop({ keys: [{ id: "apk_1", created_by: "user_gone" }] })
    expect(await actorOf(container, "apk_1")).toMatchObject({ id: "user_gone", key: "apk_1" })
  })

  it("is the key itself where the shop's own code made it", async () => {
    const keys = [
      { id: "apk_1", created_by: "" },
      { id: "apk_2", created_by: "apk_1" },
    ]
    expect(await actorOf(shop({ keys }), "apk_1")).toMatchObject({ id: "apk_1", key: "apk_1" })
    expect(await actorOf(shop({ keys }), "apk_2")).toMatchObject({ id: "apk_1", key: "apk_2" })
  })

  it("is the shop's own code by its word", async () => {
    const system = { type: "system", id: "system" }
    expect(await actorOf(shop(), "system")).toEqual(system)
    expect(await actorOf(createMedusaContainer(), "system")).toEqual(system)
  })
})

describe("An e-mail in the option approvers", () => {
  const cfo = user("user_cfo", "cfo@shop.com")
  const named = (...users: User[]) => whoIsNamed(shop({ users }), "CFO@shop.com")

  it("names the one admin who has it, in any case", async () => {
    expect(await named(ana, cfo)).toEqual({ type: "one", id: cfo.id })
    expect(await actorOf(shop({ users: [cfo] }), cfo.id)).toMatchObject({ email: cfo.email })
  })

  it("names nobody where an invite was accepted with the same one in another case", async () => {
    const thief = user("user_thief", "CFO@Shop.com")
    expect(await named(cfo, thief)).toEqual({ type: "several" })
    for (const { id } of [cfo, thief]) {
      expect(await actorOf(shop({ users: [cfo, thief] }), id)).toMatchObject({ email: null })
    }
  })

  it("names nobody who took it after it was free, or when this server ran already", async () => {
    const left = { ...cfo, deleted_at: longAgo }
    const heir = user("user_heir", cfo.email)
    expect(await named(left, heir)).toEqual({ type: "several" })
    expect(await named(left)).toEqual({ type: "several" })
    expect(await named(user("user_new", cfo.email, { created_at: later }))).toEqual({
      type: "late",
    })
    expect(await named(ana)).toEqual({ type: "nobody" })
  })

  it("names nobody whose e-mail only looks like it, or becomes it in lower case", async () => {
    const approval = "second_person" as const
    const rules = { approval, approvers: ["Kate@shop.com"], keysMay: [] }
    const transfer = { reference: "P01", created_by: "user_ana", created_at: longAgo }
    const changed_by = { account: "", name: "", phone: "", email: "" }
    const payee = { id: "poben_1", status: "active", edited_by: "", changed_by } as const
    for (const [email, code] of [
      ["kate@shop.com", undefined],
      ["\u212Aate@shop.com", "not_an_approver"], // a Kelvin sign, which is a k in lower case
      ["k\u0430te@shop.com", "not_an_approver"], // a Cyrillic a
      ["kate@shop.com\u200B", "not_an_approver"],
    ] as const) {
      const found = await actorOf(shop({ users: [user("user_1", email)] }), "user_1")
      const blocker = approvalBlocker(transfer, payee, found, rules)
      expect({ email, code: blocker?.code }).toEqual({ email, code })
    }
  })

  it("is not a part of another one", async () => {
    expect(await named(cfo, user("user_not", "notcfo@shop.com"))).toMatchObject({ id: cfo.id })
  })
})

describe("An admin route", () => {
  it("gives no answer to a token of an admin who was deleted", async () => {
    const ask = async (actor_id: string) => {
      const next = jest.fn()
      const req = Object.assign(Object.create(null), { scope: shop(), auth_context: { actor_id } })
      await livingActor(req, Object.create(null), next)
      return next.mock.calls
    }
    expect(await ask(ana.id)).toEqual([[]])
    expect(await ask("user_gone")).toEqual([[expect.objectContaining({ type: "unauthorized" })]])
  })
})

describe("The log of a server", () => {
  it("tells once which approvers of the option can't approve, and why", async () => {
    const cfo = user("user_cfo", "cfo@shop.com")
    const thief = user("user_thief", "CFO@Shop.com")
    const container = shop({ users: [ana, cfo, thief] })
    const lines: string[] = []
    const approvers = [ana.email, cfo.email, "none@shop.com", "user_by_id"]
    container.register("payout", asValue({ approvers }))
    container.register("logger", asValue({ error: (line: string) => lines.push(line) }))
    await tellOfUselessApprovers(container)
    await tellOfUselessApprovers(container)
    expect(lines).toEqual([
      expect.stringMatching(/names cfo@shop\.com.*several admins/),
      expect.stringMatching(/names none@shop\.com.*no admin has/),
    ])
  })
})
