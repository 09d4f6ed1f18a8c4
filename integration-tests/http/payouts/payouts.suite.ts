import { Modules } from "@medusajs/framework/utils"
import askAboutPayouts from "../../../src/jobs/ask-about-payouts"
import expirePayoutApprovals from "../../../src/jobs/expire-payout-approvals"
import reconcilePayouts from "../../../src/jobs/reconcile-payouts"
import rotatePayoutKeys from "../../../src/jobs/rotate-payout-keys"
import tellOfWaitingPayouts from "../../../src/jobs/tell-of-waiting-payouts"
import { encryptAccount } from "../../../src/modules/payout/crypto/accounts"
import { KeyRing } from "../../../src/modules/payout/crypto/keys"
import { logOf } from "../support/log-of"
import { daysOf, eventually, suite } from "../support/shop"
import {
  addBeneficiary,
  cashyPayouts,
  makeTransfer,
  mocasaPayouts,
  olderEncryption,
  paymentzPayouts,
  required,
  seller,
  shownTransfer,
  walletOwner,
  type PayoutShop,
  type ShownTransfer,
} from "../support/payout-shop"

const dayMs = 24 * 60 * 60_000

export const payouts = suite<PayoutShop>("payouts", (shop) => {
  it("go from a beneficiary to money that came back, with two admins", async () => {
    const beneficiary = await addBeneficiary(shop.admin, seller)
    expect(beneficiary).toMatchObject({ provider_id: mocasaPayouts, status: "active", version: 1 })
    const made = await makeTransfer(shop.admin, beneficiary.id, {
      amount: "1500.50",
      currency_code: "php",
    })
    expect(made).toMatchObject({ status: "awaiting_approval", amount: 1500.5 })
    expect(made.reference).toMatch(/^P[0-9A-Z]{26}$/)

    const alone = await shop.admin.post(`/admin/payouts/transfers/${made.id}/approve`, {})
    expect(alone.status).toBe(400)
    expect(alone.data.message).toMatch(/somebody else|second/)
    expect(moves(made)).toEqual([])

    shop.mocasa.set({ transferStatus: "processing" })
    await approve(made)
    await untilStatus(made, "processing")
    expect(moves(made)).toEqual([])

    // Mocasa tells of it at the address of payments.
    shop.mocasa.finishTransfer(made.reference, "success")
    await untilStatus(made, "succeeded")
    expect(moves(made)).toEqual([["payout", "1500.50"]])

    shop.mocasa.giveBack(made.reference)
    await untilStatus(made, "returned")
    expect(await story(made)).toEqual([
      ["awaiting_approval", "admin"],
      ["approved", "second"],
      ["submitting", "system"],
      ["processing", "gateway"],
      ["succeeded", "gateway"],
      ["returned", "gateway"],
    ])
    await expectNowhereInDatabase(seller.identity.id_number, seller.identity.business_licence)
  })

  it("whose answer is lost after the money went are asked about and not sent again", async () => {
    const beneficiary = await addBeneficiary(shop.admin, seller)
    shop.mocasa.faults.add({ kind: "black-hole", path: "/payout/transfer/initiate", acts: true })
    shop.mocasa.set({ webhooksOn: false })
    const made = await makeTransfer(shop.admin, beneficiary.id, {
      amount: "750",
      currency_code: "PHP",
    })
    await approve(made)
    expect(await send(made)).toBe("unknown")

    expect(await ask(made)).toBe("succeeded")
    expect(moves(made)).toEqual([["payout", "750.00"]])
    expect(sent("/payout/transfer/initiate")).toBe(1)
    expect((await story(made)).map(([status]) => status)).toEqual([
      "awaiting_approval",
      "approved",
      "submitting",
      "unknown",
      "succeeded",
    ])
  })

  it("that never reached the gateway end with a person, and are not sent again by themselves", async () => {
    const beneficiary = await addBeneficiary(shop.admin, seller)
    shop.mocasa.faults.add({ kind: "reset-before-acting", path: "/payout/transfer/initiate" })
    const made = await makeTransfer(shop.admin, beneficiary.id, {
      amount: "20.25",
      currency_code: "php",
    })
    await approve(made)
    expect(await send(made)).toBe("unknown")
    expect(await ask(made)).toBe("not_found")
    const aDayAgo = new Date(Date.now() - 24 * 60 * 60_000)
    await shop
      .database("payout_transfer")
      .where({ id: made.id })
      .update({ submitted_at: aDayAgo, not_found_since: aDayAgo })
    expect(await ask(made)).toBe("manual_review")
    expect(sent("/payout/transfer/initiate")).toBe(1)
    const feed = await eventually(
      async () => required(await shop.admin.get("/admin/notifications?limit=1000")).notifications,
      (all: { data: { description: string } | null }[]) =>
        all.some(({ data }) => data?.description.includes(made.reference))
    )
    expect(JSON.stringify(feed)).toContain(made.reference)

    const note = "Mocasa's dashboard does not list it"
    const decision = { outcome: "failed", note }
    required(await shop.second.post(`/admin/payouts/transfers/${made.id}/resolve`, decision))
    const retry = required(await shop.admin.post(`/admin/payouts/transfers/${made.id}/retry`, {}))
    const again: ShownTransfer = retry.transfer
    expect(again.reference).not.toBe(made.reference)
    await approve(again)
    expect(await send(again)).toBe("succeeded")
    expect(shop.mocasa.ledger.entries({ kind: "payout" }).map(({ amount }) => amount)).toContain(
      "20.25"
    )
    expect(moves(made)).toEqual([])
    expect(moves(again)).toEqual([["payout", "20.25"]])
  })

  it("through Cashy are told by its callback, and their account is kept encrypted", async () => {
    const beneficiary = await addBeneficiary(shop.admin, walletOwner)
    expect(beneficiary).toMatchObject({ status: "active" })
    expect(JSON.stringify(beneficiary)).not.toContain(walletOwner.account.account_number)
    const made = await makeTransfer(shop.admin, beneficiary.id, {
      amount: "4200.75",
      currency_code: "pkr",
    })
    await approve(made)
    expect(await send(made)).toBe("processing")
    shop.cashy.sayOfPayout(made.reference, "SUCCESS")
    await untilStatus(made, "succeeded")
    expect(shop.cashy.ledger.entries({ reference: made.reference })).toMatchObject([
      { kind: "payout", amount: "4200.75", currency: "PKR" },
    ])
    await expectNowhereInDatabase(walletOwner.account.account_number)

    const path = `/admin/payouts/beneficiaries/${beneficiary.id}/account`
    const shown = required(await shop.admin.post(path, {}))
    expect(shown.account).toMatchObject(walletOwner.account)
  })

  it("through Paymentz go to whoever paid before, and end by what the gateway answers", async () => {
    const paid = shop.paymentz.addPaid("ORD1001", { amount: "200.00", currency: "USD" })
    const beneficiary = await addBeneficiary(shop.admin, {
      provider_id: paymentzPayouts,
      name: "Ana Kovac",
      kind: "person",
      email: "ana@example.com",
      account: { payment_id: paid.paymentId },
    })
    expect(beneficiary).toMatchObject({ status: "active" })
    // Nothing of the payout is told: it has to be asked about.
    shop.paymentz.set({ callbacksOn: false })
    const made = await makeTransfer(shop.admin, beneficiary.id, {
      amount: "150.25",
      currency_code: "usd",
    })
    await approve(made)
    expect(await send(made)).toBe("processing")
    expect(await ask(made)).toBe("processing")
    const entries = () => shop.paymentz.ledger.entries({ reference: made.reference })
    expect(entries()).toEqual([])
    shop.paymentz.finishPayout(made.reference, "payoutsuccessful")
    expect(await ask(made)).toBe("succeeded")
    expect(entries()).toMatchObject([{ kind: "payout", amount: "150.25", currency: "USD" }])
    const calls = shop.paymentz.calls.list().filter(({ path }) => path.endsWith("/payout"))
    expect(calls).toHaveLength(1)
  })

  it("share their address with payments: a payment that is told there makes its order", async () => {
    shop.mocasa.set({ webhookUrl: `${shop.api.defaults.baseURL}/hooks/payout/mocasa_mocasa` })
    const { cartId, session } = await shop.shopper().checkOut("pp_mocasa_mocasa")
    shop.mocasa.pay(session.data.reference)
    const order = await shop.orderOfCart(cartId)
    expect(order.payment_collections[0]).toMatchObject({ captured_amount: 112 })
    const events = await shop
      .database("webhook_event")
      .where({ reference: session.data.reference })
      .select("provider_id")
    expect(events).toEqual([{ provider_id: mocasaPayouts }])
  })

  describe("are looked after by jobs:", () => {
    it("one asks about them when their time has come", async () => {
      const beneficiary = await addBeneficiary(shop.admin, seller)
      shop.mocasa.set({ transferStatus: "processing", webhooksOn: false })
      const made = await makeTransfer(shop.admin, beneficiary.id, {
        amount: "310",
        currency_code: "php",
      })
      await approve(made)
      expect(await send(made)).toBe("processing")
      shop.mocasa.finishTransfer(made.reference, "success")
      await askAboutPayouts(shop.container)
      expect((await shownTransfer(shop.admin, made.id)).status).toBe("processing")

      await shop
        .database("payout_transfer")
        .where({ id: made.id })
        .update({ next_check_at: past() })
      await askAboutPayouts(shop.container)
      await untilStatus(made, "succeeded")
      expect(moves(made)).toEqual([["payout", "310.00"]])
    })

    it("one holds what was sent against the gateway, once a day, and the run tells what differs", async () => {
      const { id } = await addBeneficiary(shop.admin, seller)
      const made = await makeTransfer(shop.admin, id, { amount: "320", currency_code: "php" })
      await approve(made)
      await send(made)
      await untilStatus(made, "succeeded")
      // Somebody writes to the database that it was never paid.
      const row = { status: "failed", submitted_at: new Date(Date.now() - 2 * dayMs) }
      await shop.database("payout_transfer").where({ id: made.id }).update(row)
      await shop.database("payout_daily_run").where({ kind: "reconciliation" }).delete()
      const days = await daysOf(async () => {
        await reconcilePayouts(shop.container)
        await reconcilePayouts(shop.container)
      })
      const list = "/admin/payouts/reconciliations?order=day"
      const { reconciliations, count } = required(await shop.second.get(list))
      expect(count).toBeLessThanOrEqual(days.length)
      expect(reconciliations[0]).toMatchObject({ ended_at: expect.any(String) })
      expect(reconciliations[0].outcome.differences).toContainEqual({
        transfer_id: made.id,
        reference: made.reference,
        provider_id: mocasaPayouts,
        amount: "320.00",
        currency_code: "php",
        code: "state",
        what: 'The shop has it as failed, and the gateway says "succeeded"',
      })
      // A contradiction is for a person to look into.
      expect((await shownTransfer(shop.admin, made.id)).status).toBe("failed")
    })

    it("one ends what nobody approved in time", async () => {
      const beneficiary = await addBeneficiary(shop.admin, walletOwner)
      const request = { amount: "12", currency_code: "pkr" }
      const old = await makeTransfer(shop.admin, beneficiary.id, request)
      const young = await makeTransfer(shop.admin, beneficiary.id, { ...request, amount: "13" })
      const since = new Date(Date.now() - 31 * dayMs)
      await shop.database("payout_transfer").where({ id: old.id }).update({ updated_at: since })
      await expirePayoutApprovals(shop.container)
      expect(await shownTransfer(shop.admin, old.id)).toMatchObject({
        status: "expired",
        reason: "Nobody approved it within 30 days",
      })
      expect((await shownTransfer(shop.admin, young.id)).status).toBe("awaiting_approval")
    })

    it("one encrypts anew what an older key keeps", async () => {
      const beneficiary = await addBeneficiary(shop.admin, walletOwner)
      const versions = () =>
        shop.database("payout_beneficiary_version").where({ beneficiary_id: beneficiary.id })
      const [{ id, key_id }] = await versions()
      expect(key_id).toBe("test")
      await versions().update(encryptAccount(new KeyRing(olderEncryption), id, walletOwner.account))
      expect(await versions()).toMatchObject([{ key_id: "older" }])
      await rotatePayoutKeys(shop.container)
      expect(await versions()).toMatchObject([{ key_id: "test" }])
      const path = `/admin/payouts/beneficiaries/${beneficiary.id}/account`
      expect(required(await shop.admin.post(path, {})).account).toEqual(walletOwner.account)
    })

    it("one tells in the feed, once, of what waits for a person and was not told", async () => {
      const beneficiary = await addBeneficiary(shop.admin, walletOwner)
      const request = { amount: "77", currency_code: "pkr" }
      const lost = await makeTransfer(shop.admin, beneficiary.id, request)
      const held = await makeTransfer(shop.admin, beneficiary.id, request)
      const other = await makeTransfer(shop.admin, beneficiary.id, { ...request, amount: "78" })
      // As a server leaves it that died after the commit: the event was never told.
      await shop
        .database("payout_transfer")
        .where({ id: lost.id })
        .update({ status: "manual_review", next_check_at: null })
      expect(await feedAbout(lost)).toEqual([])
      for (const _time of [1, 2]) {
        await tellOfWaitingPayouts(shop.container)
        expect(await feedAbout(lost)).toMatchObject([
          { data: { title: "Nobody knows whether a payout was made" } },
        ])
        expect(await feedAbout(held)).toMatchObject([
          { data: { title: "A payout looks like one that was made" } },
        ])
      }
      expect(await feedAbout(other)).toEqual([])
      // What the event tells after all is the same news.
      await shop.container.resolve(Modules.EVENT_BUS).emit({
        name: "payout.transfer.manual_review",
        data: { ...lost, status: "manual_review" },
      })
      await new Promise((resolve) => setTimeout(resolve, 500))
      expect(await feedAbout(lost)).toHaveLength(1)
    })
  })

  it("take no forged message, and no stranger's", async () => {
    const messages = async () => await shop.database("webhook_event").orderBy("id").pluck("id")
    const before = await messages()
    const forged = await shop.api.post(
      "/hooks/payout/mocasa_mocasa",
      { transferSerialNo: "P01J9ZC7T4M8W2X3Y5V6B7N8PQR", txStatus: "success" },
      { headers: { signature: "forged" }, validateStatus: () => true }
    )
    expect(forged.status).toBe(401)
    const nobody = await shop.api.post(
      "/hooks/payout/nobody_here",
      {},
      { validateStatus: () => true }
    )
    expect(nobody.status).toBe(404)
    expect(await messages()).toEqual(before)
  })

  it.each([
    ["that ends in the middle", '{"accountNo":"0917-marked', "application/json", 400],
    ["in another charset", '{"accountNo":"0917-marked"}', "text/plain; charset=utf-7", 400],
    [
      "that is too large",
      `{"accountNo":"0917-marked${"x".repeat(90_000)}"}`,
      "application/json",
      413,
    ],
  ])("neither log nor answer anything of a message %s", async (_what, body, type, status) => {
    const logged = logOf(shop.container)
    const answer = await shop.api.post("/hooks/payout/mocasa_mocasa", body, {
      headers: { "content-type": type },
      transformRequest: [],
      validateStatus: () => true,
    })
    jest.restoreAllMocks()
    expect(answer.status).toBe(status)
    expect(logged().join("\n")).toContain("Mocasa Pay: a webhook ")
    expect([...logged(), JSON.stringify(answer.data)].join("\n")).not.toContain("0917")
  })

  it("are sent at the balance that the gateway tells", async () => {
    const { balances } = required(
      await shop.admin.get(`/admin/payouts/providers/${cashyPayouts}/balance`)
    )
    expect(balances).toMatchObject([{ currency_code: "pkr" }])
  })

  function past(): Date {
    return new Date(Date.now() - 1_000)
  }

  async function feedAbout({ reference }: ShownTransfer): Promise<{ data: { title: string } }[]> {
    return await shop
      .database("notification")
      .whereRaw("data->>'description' like ?", [`%${reference}%`])
  }

  async function approve({ id }: ShownTransfer): Promise<void> {
    const one = `/admin/payouts/transfers/${id}`
    const { same_as_id } = required(await shop.second.get(one)).transfer
    required(await shop.second.post(`${one}/approve`, same_as_id ? { same_as_id } : {}))
  }

  async function untilStatus({ id }: ShownTransfer, status: string): Promise<void> {
    // A job sends within ten seconds.
    const now = await eventually(
      () => shownTransfer(shop.admin, id),
      (transfer) => transfer.status === status
    )
    expect([now.status, now.reason]).toEqual([status, now.reason])
  }

  /** At once; or by the job, where that comes first. */
  async function send({ id }: ShownTransfer): Promise<string> {
    const answer = await shop.admin.post(`/admin/payouts/transfers/${id}/submit`, {})
    expect([200, 409]).toContain(answer.status)
    const isSent = ({ status }: ShownTransfer) => !["approved", "submitting"].includes(status)
    return (await eventually(() => shownTransfer(shop.admin, id), isSent)).status
  }

  /** As an admin does who does not want to wait for the timetable. */
  async function ask({ id }: ShownTransfer): Promise<string> {
    const path = `/admin/payouts/transfers/${id}/refresh`
    return required(await shop.admin.post(path, {})).transfer.status
  }

  function moves({ reference }: ShownTransfer): [string, string][] {
    return shop.mocasa.ledger.entries({ reference }).map(({ kind, amount }) => [kind, amount])
  }

  function sent(path: string): number {
    return shop.mocasa.calls.count(path)
  }

  async function story({ id }: ShownTransfer): Promise<[string, string][]> {
    const { events } = required(await shop.admin.get(`/admin/payouts/transfers/${id}/events`))
    const users = await shop.database("user").select("id").orderBy("created_at")
    const names: Record<string, string> = { [users[0].id]: "admin", [users[1].id]: "second" }
    return events.map(({ to_status, actor }: { to_status: string; actor: string }) => [
      to_status,
      names[actor] ?? actor,
    ])
  }

  /** Every text of every table. */
  async function expectNowhereInDatabase(...secrets: string[]): Promise<void> {
    const { rows: tables } = await shop.database.raw(
      "select table_name from information_schema.tables where table_schema = 'public'"
    )
    for (const { table_name } of tables) {
      const { rows } = await shop.database.raw("select t::text as text from ?? t", [table_name])
      const all = rows.map(({ text }: { text: string }) => text).join("\n")
      for (const secret of secrets) {
        expect({ table_name, holds: all.includes(secret) }).toEqual({ table_name, holds: false })
      }
    }
  }
})
