import { randomUUID } from "node:crypto"
import { kessTill as provider_id, type CardsAndCodesShop } from "../support/cards-and-codes-shop"
import { feedAbout } from "../support/feed"
import { makeDue, reconcile } from "../support/reconciliation"
import { eventually, suite } from "../support/shop"

const base = "/admin/gateway-payments/till"
const quickPay = "/quick-pay"

export const tillSales = suite<CardsAndCodesShop>("a sale at the till's page", (shop) => {
  let codes = 0

  beforeEach(() => {
    shop.till.faults.clear()
    shop.till.calls.clear()
    shop.till.set({ onScan: "pays", holdMs: 45_000 })
  })

  it("is opened by an amount, charges the code once, and ends as a paid order of the shop's", async () => {
    const { data: tills } = await shop.admin.get(base)
    expect(tills.tills).toMatchObject([{ provider_id, currency_code: "usd", decimals: 2 }])
    const idempotency_key = randomUUID()
    const opened = await open({ amount: "12.50", idempotency_key })
    expect(opened).toMatchObject({
      state: "waiting_for_code",
      amount: "12.50",
      can_charge: true,
      is_draft_order: true,
      reference: null,
    })
    expect(await open({ amount: "12.50", idempotency_key })).toEqual(opened)
    for (const other of [{ amount: "12.60" }, { amount: "12.50", title: "Another" }]) {
      const { status, data } = await post({ ...other, idempotency_key })
      expect(status).toBe(400)
      expect(data.message).toContain("has opened another sale already")
    }

    const code = newCode()
    const { data } = await charge(opened, { auth_code: code })
    await shop.afterWorkflows()
    expect(data.till_sale).toMatchObject({
      state: "done",
      amount: "12.50",
      can_charge: false,
      can_cancel: false,
      is_draft_order: false,
      paid_at: expect.any(String),
    })
    await expectPaid(opened, "12.50")
    expect(await tablesWith(code)).toEqual([])
  })

  it("sends the code once for a seller who taps five times, and for two tills", async () => {
    const opened = await open({ amount: "3.00" })
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map(async () => await charge(opened, { auth_code: newCode() }))
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    await charge(opened, { auth_code: newCode(), attempts: 1 })
    await shop.afterWorkflows()
    await expectPaid(opened, "3.00")
  })

  it("is shown as under way after a reload in the middle, and is found to be paid", async () => {
    shop.till.set({ onScan: "waits" })
    const opened = await open({ amount: "4.00" })
    const charging = charge(opened, { auth_code: newCode() })
    const seen = await eventually(
      () => read(opened.id),
      ({ state }) => state === "charging"
    )
    expect(seen).toMatchObject({ state: "charging", can_charge: false, can_cancel: false })
    const again = await charge(opened, { auth_code: newCode(), attempts: 1 })
    expect(again.data.till_sale.state).toBe("charging")
    const canceling = act(opened.id, "cancel") // which may wait for the charge
    await eventually(
      async () => shop.till.orders.get(seen.reference),
      (order) => order !== undefined
    )
    shop.till.pay(seen.reference)
    expect((await canceling).status).toBe(400)
    await charging
    await shop.afterWorkflows()
    await expectPaid(opened, "4.00")
  })

  it("asks, and does not charge again, where the answer is lost after the shopper paid", async () => {
    shop.till.faults.add({ kind: "answer-lost", path: quickPay })
    const opened = await open({ amount: "5.00" })
    const { data } = await charge(opened, { auth_code: newCode() })
    expect(data.till_sale.state).toBe("done")
    await shop.afterWorkflows()
    await expectPaid(opened, "5.00")
  })

  it("stays unknown while nobody knows, and is settled by asking, or set aside by who saw the phone", async () => {
    shop.till.set({ onScan: "waits", holdMs: 10 })
    const [late, leftAlone] = [await open({ amount: "6.00" }), await open({ amount: "7.00" })]
    const answers = await Promise.all(
      [late, leftAlone].map(async (sale) => await charge(sale, { auth_code: newCode() }))
    )
    for (const { data } of answers) {
      expect(data.till_sale).toMatchObject({
        state: "unknown",
        can_charge: false,
        can_cancel: false,
        can_set_aside: false,
      })
    }
    const [first, second] = answers.map(({ data }) => data.till_sale)
    expect((await charge(first, { auth_code: newCode() })).data.till_sale.state).toBe("unknown")
    expect((await act(first.id, "cancel")).data.message).toContain("can't be canceled")
    expect((await act(first.id, "set-aside")).data.message).toContain("a minute after")
    expect(shop.till.calls.count(quickPay)).toBe(2)

    // The shopper typed the password late, and nobody's page was open.
    shop.till.pay(second.reference)
    await makeDue(shop)
    await reconcile(shop)
    await eventually(
      () => read(second.id),
      ({ state }) => state === "done"
    )
    await expectPaid(leftAlone, "7.00")

    // A code that was over when it came: the shopper's phone shows nothing.
    await shop
      .database("gateway_operation")
      .where({ order_reference: first.reference })
      .update({ created_at: new Date(Date.now() - 61_000) })
    shop.till.faults.add({
      kind: "http-error",
      status: 500,
      path: "/check-payment-status",
      times: 4,
    })
    const unanswered = await act(first.id, "set-aside")
    expect(unanswered.data.message).toContain("gave no answer")
    shop.till.faults.clear()
    const { data: aside } = await act(first.id, "set-aside")
    expect(aside.till_sale).toMatchObject({ state: "waiting_for_code", can_charge: true })
    shop.till.set({ onScan: "pays" })
    const { data: paid } = await charge(aside.till_sale, { auth_code: newCode() })
    await shop.afterWorkflows()
    expect(paid.till_sale).toMatchObject({ state: "done", attempts: 2 })
    expect(paid.till_sale.reference).not.toBe(first.reference)
    await expectPaid(late, "6.00")

    shop.till.pay(first.reference)
    await makeDue(shop)
    await reconcile(shop)
    expect(
      await shop.database("payment_exception").where({ reference: first.reference })
    ).toMatchObject([{ kind: "paid_twice", state: "open", order_id: late.order_id }])
  })

  it("can be charged again or canceled where KESS surely did nothing", async () => {
    const opened = await open({ amount: "8.00" })
    shop.till.revokeTokens()
    shop.till.faults.add({ kind: "http-error", status: 403, path: "/token", times: "forever" })
    const { data } = await charge(opened, { auth_code: newCode() })
    expect(data.till_sale).toMatchObject({ state: "declined", can_charge: true, can_cancel: true })
    const { data: canceled } = await act(opened.id, "cancel")
    expect(canceled.till_sale.state).toBe("canceled")
    expect((await shop.admin.get(`/admin/draft-orders/${opened.order_id}`)).status).toBe(404)
    const later = await charge(opened, { auth_code: newCode(), attempts: 1 })
    expect(later.data.till_sale.state).toBe("canceled")
    const { reference } = data.till_sale
    expect(shop.till.ledger.entries({ kind: "payment", reference })).toEqual([])
  })

  it("charges a draft order for what it costs now, and not for what it cost when it was scanned", async () => {
    const draft = await makeDraft("kh")
    const { data: found } = await shop.admin.get(
      `${base}/orders?provider_id=${provider_id}&q=${draft.display_id}`
    )
    expect(found.orders).toMatchObject([{ id: draft.id, due: "10.00", is_draft_order: true }])
    const opened = await open({ order_id: draft.id })
    expect(await open({ order_id: draft.id })).toEqual(opened) // at another till

    const edit = `/admin/draft-orders/${draft.id}/edit`
    await shop.admin.post(edit, {})
    await shop.admin.post(`${edit}/items`, {
      items: [{ title: "A bag", quantity: 1, unit_price: 1 }],
    })
    const editing = await charge(opened, { auth_code: newCode() })
    expect(editing.data.message).toContain("is being edited")
    expect((await shop.admin.post(`${edit}/confirm`, {})).status).toBe(200)
    const changed = await charge(opened, { auth_code: newCode() })
    expect(changed.data.message).toContain("11.00 USD are due")
    expect(shop.till.calls.count(quickPay)).toBe(0)

    const now = await read(opened.id)
    expect(now).toMatchObject({ amount: "11.00", attempts: 0 })
    await charge(now, { auth_code: newCode() })
    await shop.afterWorkflows()
    await expectPaid(opened, "11.00")
  })

  it("keeps the money of a draft that can't be placed, says why, and places it once that is mended", async () => {
    const { variant_id, stock } = await makeScarceProduct()
    await stock(1)
    const { data } = await shop.admin.post("/admin/draft-orders", {
      region_id: shop.store.regions.kh,
      sales_channel_id: shop.store.salesChannelId,
      items: [{ variant_id, quantity: 1 }],
    })
    const opened = await open({ order_id: data.draft_order.id })
    await stock(0) // sold elsewhere
    await charge(opened, { auth_code: newCode() })
    await shop.afterWorkflows()
    expect(await read(opened.id)).toMatchObject({
      state: "paid",
      is_draft_order: true,
      problem: expect.stringMatching(/stock|inventory/i),
      can_charge: false,
      can_cancel: false,
    })
    const told = await feedAbout(shop, opened.order_id)
    expect(told.map(({ data: { title } }) => title)).toEqual([
      "An order that was paid at the till can't be placed",
    ])

    await stock(1)
    expect((await act(opened.id, "refresh")).data.till_sale).toMatchObject({
      state: "done",
      problem: null,
    })
    await shop.afterWorkflows()
    await expectPaid(opened, "9.00")
  })

  it("keeps its draft where money was booked on it otherwise, and deletes what a canceled one has left", async () => {
    const inPart = await open({ amount: "14.00" })
    const { data: made } = await shop.admin.post("/admin/payment-collections", {
      order_id: inPart.order_id,
      amount: 5,
    })
    const collection = `/admin/payment-collections/${made.payment_collection.id}`
    const booked = await shop.admin.post(`${collection}/mark-as-paid`, {
      order_id: inPart.order_id,
    })
    expect(booked.status).toBe(200)
    await shop.afterWorkflows()
    expect((await act(inPart.id, "cancel")).data.till_sale.state).toBe("canceled")
    expect((await shop.admin.get(`/admin/draft-orders/${inPart.order_id}`)).status).toBe(200)

    const left = await open({ amount: "15.00" })
    await shop.database("till_sale").where({ id: left.id }).update({ state: "canceled" })
    expect((await act(left.id, "cancel")).data.till_sale.state).toBe("canceled")
    expect((await shop.admin.get(`/admin/draft-orders/${left.order_id}`)).status).toBe(404)
  })

  it("is ended once its money was given back before it was finished, and its order stays", async () => {
    const opened = await open({ amount: "16.00" })
    await charge(opened, { auth_code: newCode() })
    await shop.afterWorkflows()
    const { reference } = await read(opened.id)
    // As where its draft could not be placed, and the money was given back at the gateway.
    await shop.database("till_sale").where({ id: opened.id }).update({ state: "open" })
    await shop.database("gateway_order").where({ reference }).update({ state: "refunded" })
    expect(await read(opened.id)).toMatchObject({
      state: "refunded",
      can_charge: false,
      can_cancel: true,
    })
    const again = await charge(opened, { auth_code: newCode(), attempts: 1 })
    expect(again.data.till_sale).toMatchObject({ state: "refunded", attempts: 1 })
    expect((await act(opened.id, "cancel")).data.till_sale.state).toBe("canceled")
    expect((await shop.admin.get(`/admin/orders/${opened.order_id}`)).status).toBe(200)
    expect(shop.till.calls.count(quickPay)).toBe(1)
  })

  it("is not opened in a currency that the till does not take, nor with more decimals than it counts", async () => {
    const draft = await makeDraft("hr")
    const foreign = await post({ order_id: draft.id })
    expect(foreign).toMatchObject({ status: 400 })
    expect(foreign.data.message).toContain("is in EUR, and this till takes USD alone")
    const region_id = shop.store.regions.hr
    expect((await post({ amount: "5.00", region_id })).data.message).toContain("takes no EUR")
    expect((await post({ amount: "5.005" })).data.message).toContain("2 decimal places")
    expect((await post({ amount: "0" })).status).toBe(400)
  })

  it.each(["12345678901234567", "4111111111111111", "not a code"])(
    "refuses what is no code of a wallet's, and repeats it nowhere: %s",
    async (auth_code) => {
      const opened = await open({ amount: "2.00" })
      const { status, data } = await charge(opened, { auth_code })
      expect(status).toBe(400)
      expect(JSON.stringify(data)).not.toContain(auth_code)
      expect(await read(opened.id)).toMatchObject({ state: "waiting_for_code", attempts: 0 })
      expect(shop.till.calls.count(quickPay)).toBe(0)
    }
  )

  type Sale = { id: string; order_id: string; amount: string; attempts: number }

  const post = async (body: Record<string, unknown>) =>
    await shop.admin.post(`${base}/sales`, {
      idempotency_key: randomUUID(),
      provider_id,
      ...("amount" in body ? { region_id: shop.store.regions.kh } : {}),
      ...body,
    })

  async function open(body: Record<string, unknown>): Promise<Sale> {
    const { status, data } = await post(body)
    expect({ status, message: data.message }).toEqual({ status: 200 })
    return data.till_sale
  }

  const charge = async (sale: Sale, change: { auth_code: string; attempts?: number }) =>
    await shop.admin.post(`${base}/sales/${sale.id}/charge`, {
      amount: sale.amount,
      attempts: sale.attempts,
      ...change,
    })

  const act = async (id: string, action: "cancel" | "set-aside" | "refresh") =>
    await shop.admin.post(`${base}/sales/${id}/${action}`, {})

  const read = async (id: string) => (await shop.admin.get(`${base}/sales/${id}`)).data.till_sale

  async function makeDraft(country: "kh" | "hr"): Promise<{ id: string; display_id: number }> {
    const { data } = await shop.admin.post("/admin/draft-orders", {
      region_id: shop.store.regions[country],
      sales_channel_id: shop.store.salesChannelId,
      email: "walk-in@example.com",
      items: [{ variant_id: shop.store.variants.whole, quantity: 1 }],
    })
    return data.draft_order
  }

  /** Of which the shop has as much as is said. */
  async function makeScarceProduct() {
    const { data } = await shop.admin.post("/admin/products?fields=variants.inventory_items.*", {
      title: `The last one ${randomUUID()}`,
      status: "published",
      shipping_profile_id: shop.store.shippingProfileId,
      sales_channels: [{ id: shop.store.salesChannelId }],
      options: [{ title: "Size", values: ["One"] }],
      variants: [
        {
          title: "One",
          manage_inventory: true,
          options: { Size: "One" },
          prices: [{ amount: 9, currency_code: "usd" }],
        },
      ],
    })
    const [variant] = data.product.variants
    const item = `/admin/inventory-items/${variant.inventory_items[0].inventory_item_id}`
    const { data: places } = await shop.admin.get("/admin/stock-locations?limit=1")
    const [{ id: location_id }] = places.stock_locations
    const levels = `${item}/location-levels`
    await shop.admin.post(levels, { location_id, stocked_quantity: 0 })
    const stock = async (stocked_quantity: number) =>
      await shop.admin.post(`${levels}/${location_id}`, { stocked_quantity })
    return { variant_id: variant.id, stock }
  }

  /** A new one for each: a wallet shows another one every minute. */
  function newCode(): string {
    codes += 1
    return `13956789012345${String(codes).padStart(4, "0")}`
  }

  async function expectPaid({ id, order_id }: Sale, amount: string) {
    const { reference } = await read(id)
    const order = await shop.adminOrder(order_id)
    expect(order).toMatchObject({ status: "pending", payment_status: "captured" })
    expect(order.summary).toMatchObject({ pending_difference: 0, paid_total: Number(amount) })
    expect(shop.till.ledger.entries({ kind: "payment", reference })).toHaveLength(1)
    const payments = order.payment_collections.flatMap((collection) => collection.payments ?? [])
    expect(payments).toMatchObject([{ amount: Number(amount), data: { reference } }])
  }

  /** The tables of the shop's database that hold a text anywhere. */
  async function tablesWith(text: string): Promise<string[]> {
    const { rows } = await shop.database.raw<{ rows: { name: string }[] }>(
      "select table_name as name from information_schema.tables where table_schema = 'public'"
    )
    const found: string[] = []
    for (const { name } of rows) {
      const hits = await shop.database.raw<{ rows: unknown[] }>(
        "select 1 from ?? as t where t::text like ? limit 1",
        [name, `%${text}%`]
      )
      found.push(...(hits.rows.length > 0 ? [name] : []))
    }
    return found
  }
})
