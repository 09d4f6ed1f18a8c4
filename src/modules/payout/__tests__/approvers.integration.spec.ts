import { asValue } from "@medusajs/framework/awilix"
import { ContainerRegistrationKeys, createMedusaContainer } from "@medusajs/framework/utils"
import { systemHand } from "../actor"
import { requireApprovers } from "../require-approvers"
import { alice, anAdmin, bob, carol, keyOf, newTransfer } from "./payouts-under-test"
import { describeShop } from "./shop"

describeShop("An approval", (shop) => {
  it("is nothing that the one who made the transfer can give", async () => {
    const { payouts, made, now } = shop()
    const transfer = await made()
    await expect(payouts.approveTransfer(transfer.id, alice)).rejects.toThrow(
      `You made the transfer ${transfer.reference}: a second person has to approve it`
    )
    expect(await now(transfer.id)).toMatchObject({
      status: "awaiting_approval",
      approved_by: null,
    })
  })

  it("is nothing that the last editor of the beneficiary can give, nor the shop's own code", async () => {
    const { payouts, made, seen } = shop()
    const transfer = await made()
    await expect(payouts.approveTransfer(transfer.id, carol)).rejects.toThrow("the last to edit")
    await expect(payouts.approveTransfer(transfer.id, systemHand)).rejects.toThrow(
      "has to be approved by a person"
    )
    await payouts.changeBeneficiary(transfer.beneficiary_id, { phone: "0917" }, bob)
    await expect(payouts.approveTransfer(transfer.id, bob)).rejects.toThrow("the last to edit")
    expect(
      await payouts.approveTransfer(transfer.id, anAdmin("dora"), await seen(transfer.id))
    ).toMatchObject({
      status: "approved",
      approved_by: anAdmin("dora").id,
    })
  })

  it("is nothing that whoever set the account can give, whoever edited after", async () => {
    const { payouts, beneficiary, seen } = shop()
    const known = await beneficiary()
    const account = { account_number: "1234567890", bank_code: "BDOX" }
    await payouts.changeBeneficiary(known.id, { account }, alice)
    const corrected = {
      phone: "+63 917",
      account: { ...account },
    }
    await payouts.changeBeneficiary(known.id, corrected, bob)
    const { transfer } = await payouts.makeTransfer(newTransfer(known), bob)
    await expect(
      payouts.approveTransfer(transfer.id, alice, await seen(transfer.id))
    ).rejects.toThrow("You were the last to change the account.account_number of the beneficiary")
    // Neither whoever gave the name that is paid.
    await payouts.changeBeneficiary(known.id, { name: "Juana" }, anAdmin("dora"))
    await payouts.changeBeneficiary(known.id, { phone: "0918" }, alice)
    await expect(
      payouts.approveTransfer(transfer.id, anAdmin("dora"), await seen(transfer.id))
    ).rejects.toThrow("the last to change the name")
    await payouts.changeBeneficiary(known.id, { account: { account_number: "999999" } }, bob)
    const approval = await seen(transfer.id)
    expect(await payouts.approveTransfer(transfer.id, anAdmin("eve"), approval)).toMatchObject({
      status: "approved",
    })
  })

  it.each([
    ["account_number", "BE68539007547034", { bank_code: "BDOX" }, { bank_code: "MBTC" }],
    ["iban", "BE68539007547034", {}, { bic: "KREDBEBB" }],
    ["iban", "BE68539007547034", { bic: "KREDBEBB" }, {}],
  ])(
    "is nothing that who set the %s can give, whoever then sent the account with another code of a bank",
    async (field, own, before, corrected) => {
      const { payouts, gateway, beneficiary, seen } = shop()
      const fields = ["account_number", "bank_code", "iban", "bic"]
      const accountFields = fields.map((name) => ({ name, title: name, required: false }))
      gateway.capabilities = { ...gateway.capabilities, accountFields }
      const known = await beneficiary()
      const edit = async (account: Record<string, string>, editor: typeof alice) =>
        await payouts.changeBeneficiary(known.id, { account }, editor)
      await edit({ [field]: "DE89370400440532013000", ...before }, carol)
      await edit({ [field]: own, ...before }, alice)
      // In groups, as the bank prints it: it is the number that stood there.
      const grouped = own.replace(/(.{4})(?=.)/g, "$1 ")
      await edit({ [field]: grouped, ...corrected }, bob)
      const [dora, eve] = [anAdmin("dora"), anAdmin("eve")]
      await payouts.changeBeneficiary(known.id, { shop_name: "Corner" }, dora)
      const { transfer } = await payouts.makeTransfer(newTransfer(known), dora)
      const approval = await seen(transfer.id)

      const code = Object.keys({ ...before, ...corrected })[0]
      for (const [actor, set] of [
        [alice, field],
        [bob, code],
      ] as const) {
        await expect(payouts.approveTransfer(transfer.id, actor, approval)).rejects.toThrow(
          `You were the last to change the account.${set} of the beneficiary`
        )
      }
      expect(await payouts.approveTransfer(transfer.id, eve, approval)).toMatchObject({
        approved_by: eve.id,
      })
      await payouts.submitDue(10)
      expect(gateway.moves).toHaveLength(1)
    }
  )

  it.each([
    ["name", "Pedro"],
    ["phone", "0999"],
    ["email", "thief@example.com"],
  ])("is void where somebody writes another %s into the database", async (column, value) => {
    const { payouts, approved, connection, gateway, now } = shop()
    const transfer = await approved()
    const version = { id: transfer.beneficiary_version_id }
    await connection("payout_beneficiary_version")
      .where(version)
      .update({ [column]: value })
    await payouts.submitDue(10)
    expect(gateway.moves).toEqual([])
    expect(await now(transfer.id)).toMatchObject({
      status: "awaiting_approval",
      reason: expect.stringContaining("Somebody wrote to the database"),
    })
  })

  it("is void where somebody writes another purpose into the database", async () => {
    const { payouts, approved, connection, gateway, now } = shop()
    const { id } = await approved()
    await connection("payout_transfer").where({ id }).update({ purpose: "Something else" })
    await payouts.submitDue(10)
    expect(gateway.moves).toEqual([])
    expect(await now(id)).toMatchObject({ status: "awaiting_approval" })
  })

  it("is nothing that an admin can give to what a secret API key of his made or edited", async () => {
    const { payouts, beneficiary, seen } = shop()
    const known = await beneficiary()
    const byKey = keyOf(alice, "apk_1")
    const { transfer } = await payouts.makeTransfer(newTransfer(known), byKey)
    expect(transfer.created_by).toBe(alice.id)
    expect(await payouts.eventsOf(transfer.id)).toMatchObject([{ actor: "apk_1" }])
    await expect(payouts.approveTransfer(transfer.id, alice)).rejects.toThrow("You made")

    await payouts.changeBeneficiary(known.id, { phone: "0917" }, keyOf(bob, "apk_2"))
    await expect(payouts.approveTransfer(transfer.id, bob)).rejects.toThrow("the last to edit")
    expect(
      await payouts.approveTransfer(transfer.id, anAdmin("dora"), await seen(transfer.id))
    ).toMatchObject({ status: "approved" })
  })

  it("is waited for no more where its maker takes the transfer back, but by no key of another", async () => {
    const { payouts, made, now } = shop()
    const [one, two] = [await made(), await made()]
    await expect(payouts.cancelTransfer(one.id, keyOf(bob, "apk_2"))).rejects.toMatchObject({
      type: "forbidden",
    })
    expect(await now(one.id)).toMatchObject({ status: "awaiting_approval" })
    for (const [{ id }, actor] of [
      [one, keyOf(alice, "apk_1")],
      [two, bob],
    ] as const) {
      expect(await payouts.cancelTransfer(id, actor)).toMatchObject({ status: "canceled" })
    }
  })

  it("is given by those alone whom the option names, by their id or their e-mail in any case", async () => {
    const { made, withOptions } = shop()
    const transfer = await made()
    const byMail = withOptions({ approvers: ["BOB@shop.example"] })
    await expect(byMail.approveTransfer(transfer.id, anAdmin("dora"))).rejects.toThrow(
      "payouts.approvers"
    )
    expect(await byMail.approveTransfer(transfer.id, bob)).toMatchObject({ status: "approved" })
    const other = await made()
    const byId = withOptions({ approvers: ["user_bob"] })
    expect(await byId.approveTransfer(other.id, { ...bob, email: null })).toMatchObject({
      status: "approved",
    })
  })

  it("is no work of a secret API key, nor a refusal, a settlement or a look, unless the option says so", async () => {
    const { payouts, made, withOptions, now } = shop()
    const transfer = await made()
    const byKey = keyOf(bob, "apk_1")
    const decision = { outcome: "failed", note: "seen there" } as const
    const tries = (service: typeof payouts) => [
      () => service.revealAccount(transfer.beneficiary_id, byKey),
      () => service.rejectTransfer(transfer.id, byKey, "not ours"),
      () => service.approveTransfer(transfer.id, byKey),
      () => service.resolveTransfer(transfer.id, decision, byKey),
      () =>
        service.decideBeneficiary(
          transfer.beneficiary_id,
          { status: "rejected", note: "no" },
          byKey
        ),
    ]
    for (const payoutsWith of [payouts, withOptions({ approval: "none" })]) {
      for (const attempt of tries(payoutsWith)) {
        await expect(attempt()).rejects.toMatchObject({ type: "forbidden" })
      }
    }
    expect(await now(transfer.id)).toMatchObject({ status: "awaiting_approval" })
    const allowed = withOptions({ keysMay: ["approve", "reject", "reveal", "resolve", "decide"] })
    for (const attempt of tries(allowed)) {
      await attempt().catch((error) => expect(error.type).toBe("conflict"))
    }
    expect(await now(transfer.id)).toMatchObject({ status: "rejected" })
  })

  it("is nothing that an admin can give who was invited after the transfer was made", async () => {
    const { payouts, made, clock } = shop()
    const transfer = await made()
    clock.advance(1)
    const invited = { ...anAdmin("dora"), since: clock.now() }
    await expect(payouts.approveTransfer(transfer.id, invited)).rejects.toThrow(
      "You became an admin after"
    )
  })
})

describeShop("An e-mail in the option approvers", (shop) => {
  const admins = ["ana@shop.example", "CFO@shop.com"]

  /** The boot of a shop that has these admins; undefined for one without Medusa's table. */
  async function boot(emails: readonly string[] | undefined, ...approvers: string[]) {
    const { connection } = shop()
    const container = createMedusaContainer()
    container.register(ContainerRegistrationKeys.PG_CONNECTION, asValue(connection))
    await connection.schema.dropTableIfExists("user")
    if (emails) {
      await connection.schema.createTable("user", (table) => table.text("email"))
      await connection.batchInsert(
        "user",
        emails.map((email) => ({ email }))
      )
    }
    await requireApprovers({ container, options: { payouts: { approvers } } })
  }

  it("lets the shop start where an admin has it, or an id stands in its place", async () => {
    await expect(boot(admins, "cfo@SHOP.com", "user_01")).resolves.toBeUndefined()
    await expect(boot(admins, "user_nobody")).resolves.toBeUndefined()
  })

  it("stops the boot where nobody has it, so that nobody comes to approve by taking it", async () => {
    const refused = boot(admins, "cfo@shop.com", "cto@shop.com", "kfo@shop.com")
    await expect(refused).rejects.toThrow(/names cto@shop\.com, kfo@shop\.com, and no admin/)
    await expect(boot(["cfo@shop.com.attacker.example"], "cfo@shop.com")).rejects.toThrow(
      "user_..."
    )
    await expect(boot(["\u212Aate@shop.com"], "kate@shop.com")).rejects.toThrow("kate@shop.com")
  })

  it("stops nothing where several have it, which any admin could bring about by an invite", async () => {
    await expect(boot(["cfo@shop.com", "CFO@Shop.com"], "cfo@shop.com")).resolves.toBeUndefined()
  })

  it("lets a shop start that has no admin yet, whose first one has to be made somehow", async () => {
    await expect(boot([], "cfo@shop.com")).resolves.toBeUndefined()
    await expect(boot(undefined, "cfo@shop.com")).resolves.toBeUndefined()
  })
})
