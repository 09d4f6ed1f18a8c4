import { parse } from "csv-parse/sync"
import { add, decimal, type DecimalString } from "../../../src/gateways/shared/money"
import { dayOf } from "../../../src/shared/time-zone"
import { checkOutThrough, mainGateways, type GatewayShop } from "../support/gateway-shop"
import { suite } from "../support/shop"

const path = "/admin/gateway-payments"

/** What was paid and refunded before it, by whichever suite, is in the gateways' own ledgers. */
export const paymentList = suite<GatewayShop>("the list of the orders at gateways", (shop) => {
  it("finds a guest's payment by all that the shop knows it by, and leads to the order", async () => {
    const selling = mainGateways(shop.through).find(
      ({ gateway: { capabilities } }) =>
        capabilities.webhooks !== "none" && capabilities.refund !== "none"
    )
    const { cartId, reference } = await checkOutThrough(
      shop.shopper(undefined, selling!.country),
      selling!
    )
    selling!.sandbox.pay(reference)
    const order = await shop.orderOfCart(cartId)
    const found = async (query: string): Promise<Record<string, unknown>[]> =>
      (await shop.admin.get(`${path}?${query}`)).data.gateway_payments
    const [payment] = await found(`q=${reference}`)
    expect(payment).toMatchObject({
      reference,
      state: "paid",
      received_amount: expect.stringMatching(/^100(\.0+)?$/),
      refunded_amount: "0",
      cart_id: cartId,
      order: { id: order.id },
      customer: { email: expect.stringContaining("@") },
    })
    const row = await shop.database("gateway_order").where({ reference }).first()
    const [{ display_id }] = await shop.database("order").where({ id: order.id })
    const customer = payment!.customer as { email: string }
    const { customer_id } = await shop.database("cart").where({ id: cartId }).first()
    for (const query of [
      `q=${reference.slice(0, 20).toLowerCase()}`,
      `q=${row.gateway_id}`,
      `q=${cartId}`,
      `q=%23${display_id}`,
      `q=${order.id}`,
      `order_id=${order.id}`,
      `cart_id=${cartId}`,
      `customer_id=${customer_id}&order=-created_at&limit=1`,
      `customer_id=${encodeURIComponent(customer.email)}&order=-created_at&limit=1`,
      `id=${row.id}&state[]=paid&state[]=open&provider_id=${selling!.providerId}&created_at[$gte]=2026-01-01`,
    ]) {
      const [first] = await found(query)
      expect([query, first?.reference]).toEqual([query, reference])
    }
    expect(await found(`q=${reference}&state=expired`)).toEqual([])
    expect(await found(`id=${row.id}&fields=id,state`)).toEqual([{ id: row.id, state: "paid" }])
    expect((await shop.admin.refund(order.payment_collections[0]!.payments[0]!.id)).status).toBe(
      200
    )
    expect(await found(`q=${reference}`)).toMatchObject([
      { state: "refunded", refunded_amount: payment!.received_amount },
    ])
  })

  it("adds up to what is in each gateway's own ledger, to the last digit", async () => {
    const { status, data } = await shop.admin.get(`${path}/totals`)
    expect(status).toBe(200)
    const totals: Record<string, string>[] = data.totals
    for (const { providerId, sandbox, gateway } of shop.through) {
      const sum = (kind: "payment" | "capture" | "refund") =>
        sumOf(
          sandbox
            .orders()
            .flatMap((reference) => sandbox.moves(kind, reference))
            .map(({ amount }) => amount)
        )
      const received =
        gateway.capabilities.capture === "automatic" ? sum("payment") : sum("capture")
      const own = totals.filter(({ provider_id }) => provider_id === providerId)
      expect([providerId, sumOf(own.map((total) => total.received_amount!))]).toEqual([
        providerId,
        received,
      ])
      expect([providerId, sumOf(own.map((total) => total.refunded_amount!))]).toEqual([
        providerId,
        sum("refund"),
      ])
    }
    expect(totals.some(({ refunded_amount }) => refunded_amount !== "0")).toBe(true)
  })

  it("has the money of today in its chart, by the day of the place that was named", async () => {
    const { data } = await shop.admin.get(`${path}/money-in?time_zone=Asia/Manila`)
    const { data: all } = await shop.admin.get(`${path}/totals`)
    const { days, to, time_zone } = data.money_in
    expect(time_zone).toBe("Asia/Manila")
    // Midnight can have passed there since the last payment.
    const yesterday = dayOf(new Date(Date.now() - 24 * 3_600_000), time_zone)
    expect([yesterday, to]).toContain(days.at(-1).day)
    const sum = (rows: Record<string, string>[], field: string) =>
      sumOf(rows.map((row) => row[field]!))
    expect(sum(days, "amount")).toBe(sum(all.totals, "received_amount"))
    expect((await shop.admin.get(`${path}/money-in?time_zone=Middle/Earth`)).status).toBe(400)
  })

  it.each(["order=session_id", "limit=0", "limit=501", "state=lost", "created_at[$gte]=soon"])(
    "says what is wrong with %s",
    async (query) => {
      expect((await shop.admin.get(`${path}?${query}`)).status).toBe(400)
    }
  )

  it("writes what the filters let through into a file, to the same sums", async () => {
    const { data: everything } = await shop.admin.get(`${path}/totals`)
    const query = `provider_id=${everything.totals[0].provider_id}`
    const { data, headers } = await shop.admin.get(`${path}/export?${query}`)
    expect(headers["content-type"]).toContain("text/csv")
    const rows: Record<string, string>[] = parse(data, { columns: true, bom: true })
    const { data: list } = await shop.admin.get(`${path}?${query}&limit=1`)
    expect(rows).toHaveLength(list.count)
    const { data: all } = await shop.admin.get(`${path}/totals?${query}`)
    const [total] = all.totals
    expect(sumOf(rows.map((row) => row.received_amount!))).toBe(decimal(total.received_amount))
    expect(rows.map(({ customer_email }) => customer_email)).toContainEqual(
      expect.stringContaining("@")
    )
  })
})

function sumOf(amounts: readonly string[]): DecimalString {
  return amounts.map(decimal).reduce(add, decimal("0"))
}
