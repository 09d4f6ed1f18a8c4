import { PaymentWebhookEvents, Modules } from "@medusajs/framework/utils"
import { createHash } from "node:crypto"
import { request } from "node:http"
import { gzipSync } from "node:zlib"
import { logOf } from "../support/log-of"
import { mocasaProvider, type MocasaStore } from "../support/mocasa-store"
import { eventually, suite } from "../support/shop"

const hook = "/hooks/payment/mocasa_mocasa"
/** What must not be seen anywhere. */
const personal = "maria-santos"

export const webhookInbox = suite<MocasaStore>("the inbox of webhooks", (shop) => {
  /** When the test began, by the database's clock. */
  let began: Date

  beforeEach(async () => {
    const { rows } = await shop.database.raw("select clock_timestamp() as now")
    began = rows[0].now
  })

  afterEach(() => {
    jest.restoreAllMocks()
  })

  it("answers a forged message by 401, writes nothing down, and logs nothing of it", async () => {
    const logged = logOf(shop.container)
    const answer = await post({ orderNo: "O1", txStatus: "success", payerName: personal }, "forged")
    expect(answer.status).toBe(401)
    expect(logged().join("\n")).toContain("a webhook without a valid signature was refused")
    expectNothingOfIt(answer, logged())
    expect(await events()).toEqual([])
  })

  const json = { "content-type": "application/json" }
  const form = { "content-type": "application/x-www-form-urlencoded" }
  const packed = { ...json, "content-encoding": "gzip" }
  const whole = `{"payerName":"${personal}"}`

  it.each<[string, string | Buffer, Record<string, string>, number]>([
    ["nothing", "", json, 400],
    ["what is no notification", `["${personal}"]`, json, 400],
    ["JSON that ends in the middle", `{"payerName":"${personal}`, json, 400],
    ["no JSON at all", `${personal}, paid`, json, 400],
    ["a form that is broken", `payerName=${personal}&%E0%A4%A=%`, form, 400],
    ["a page", `<html>${personal}</html>`, { "content-type": "text/html" }, 400],
    [
      "another charset",
      Buffer.from(whole, "utf16le"),
      { "content-type": "application/json; charset=utf-16" },
      400,
    ],
    [
      "a charset that there is not",
      whole,
      { "content-type": `text/plain; charset=${personal}` },
      400,
    ],
    ["what is packed and broken", gzipSync(whole).subarray(0, 24), packed, 400],
    ["what is said to be packed", whole, packed, 400],
    ["a packing that there is not", whole, { ...json, "content-encoding": personal }, 415],
    ["more than any notification", `{"${personal}":"${"x".repeat(70_000)}"}`, json, 413],
    ["more than Medusa reads", `{"${personal}":"${"x".repeat(200_000)}"}`, json, 413],
    ["what unpacks to more", gzipSync(`{"${personal}":"${"x".repeat(5_000_000)}"}`), packed, 413],
  ])("answers %s by its own status and in its own words", async (_what, body, headers, status) => {
    const logged = logOf(shop.container)
    const answer = await send("POST", hook, body, headers)
    expect(answer.status).toBe(status)
    expect(logged().join("\n")).toContain("Mocasa Pay: a webhook ")
    expectNothingOfIt(answer, logged())
    expect(await events()).toEqual([])
  })

  it.each(["GET", "PUT"])("reads nothing that comes by %s", async (method) => {
    const logged = logOf(shop.container)
    const answer = await send(method, hook, `{"payerName":"${personal}`, json)
    expect(answer.status).toBe(404)
    expectNothingOfIt(answer, logged())
  })

  it("takes what is signed, whatever its headers call it", async () => {
    const { session } = await shop.shopper().checkOut(mocasaProvider)
    const fields = { orderNo: session.data.reference, txStatus: "failed" }
    const signed = { signature: signatureOf(fields) }
    const { port, hostname } = new URL(String(shop.api.defaults.baseURL))
    const answers = [
      // No client of the tests' own leaves the header out.
      await rawPost({ port, hostname }, JSON.stringify(fields), signed),
      ...(await Promise.all(
        [
          "application/octet-stream",
          "application/json; charset=ISO-8859-1",
          "APPLICATION/JSON ; Version=2",
          "text/xml",
          "x",
        ].map(async (type) => {
          const headers = { "content-type": type, ...signed }
          return (await send("POST", hook, JSON.stringify(fields), headers)).status
        })
      )),
    ]
    expect(answers).toEqual(answers.map(() => 200))
    expect(await events()).toHaveLength(1)
  })

  it.each(["pp_mocasa_mocasa", "mocasa%5Fmocasa", "mocasa_mocasa/", "mocasa_mocasa?a=b"])(
    "takes what is signed at /hooks/payment/%s",
    async (address) => {
      const { session } = await shop.shopper().checkOut(mocasaProvider)
      const fields = { orderNo: session.data.reference, txStatus: "failed" }
      const headers = { ...json, signature: signatureOf(fields) }
      const answer = await send(
        "POST",
        `/hooks/payment/${address}`,
        JSON.stringify(fields),
        headers
      )
      expect(answer.status).toBe(200)
      expect(await events()).toMatchObject([{ provider_id: mocasaProvider }])
    }
  )

  it.each([
    "mocasa_other",
    "MOCASA_MOCASA",
    "pp_mocasa",
    "mocasa",
    "cashy_cashy",
    "mocasa_anothers",
  ])(
    "refuses what was meant for a gateway of ours and has no provider: /hooks/payment/%s",
    async (address) => {
      const emitted = jest.spyOn(shop.container.resolve(Modules.EVENT_BUS), "emit")
      const fields = { orderNo: "O1", txStatus: "failed" }
      const headers = { ...json, signature: signatureOf(fields) }
      const answer = await send(
        "POST",
        `/hooks/payment/${address}`,
        JSON.stringify(fields),
        headers
      )
      expect(answer.status).toBe(404)
      expect(emitted).not.toHaveBeenCalled()
      expect(await events()).toEqual([])
    }
  )

  it("takes what is packed, as a form, or with its charset", async () => {
    const { session } = await shop.shopper().checkOut(mocasaProvider)
    const fields = { orderNo: session.data.reference, txStatus: "failed" }
    const signed = { signature: signatureOf(fields) }
    const ways = [
      await send("POST", hook, gzipSync(JSON.stringify(fields)), { ...packed, ...signed }),
      await send("POST", hook, `${new URLSearchParams(fields)}`, { ...form, ...signed }),
      await send("POST", hook, JSON.stringify(fields), {
        "content-type": 'application/json;charset="UTF-8"',
        ...signed,
      }),
    ]
    expect(ways.map(({ status, data }) => [status, data.message])).toEqual([
      [200, "Received"],
      [200, "Received before"],
      [200, "Received before"],
    ])
    expect(await events()).toHaveLength(1)
  })

  it.each(["system_default", "mocasapay_anothers"])(
    "leaves a message to %s, which is another package's, to Medusa and its parser",
    async (provider) => {
      const emitted = jest.spyOn(shop.container.resolve(Modules.EVENT_BUS), "emit")
      const text = '{ "id": "evt_1",  "amount": 1.50 }'
      const answer = await send("POST", `/hooks/payment/${provider}`, text, json)
      expect(answer.status).toBe(200)
      expect(emitted.mock.calls.map(([event]) => event)).toMatchObject([
        {
          name: PaymentWebhookEvents.WebhookReceived,
          data: {
            provider,
            payload: { data: { id: "evt_1", amount: 1.5 }, rawData: Buffer.from(text) },
          },
        },
      ])
      const broken = await send("POST", `/hooks/payment/${provider}`, "{", json)
      expect(broken.data.message).toMatch(/JSON/)
      expect(await events()).toEqual([])
    }
  )

  it("writes a message down with nothing personal in it before it answers, and once", async () => {
    const { session } = await shop.shopper().checkOut(mocasaProvider)
    const { reference } = session.data
    const message = { orderNo: reference, txStatus: "failed", payerName: "Maria Santos" }
    const answers = [await post(message), await post(message)]
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    const [event, ...others] = await events()
    expect(others).toEqual([])
    expect(event).toMatchObject({
      provider_id: mocasaProvider,
      event_key: `${reference}|failed`,
      body: { orderNo: reference, txStatus: "failed", payerName: "***" },
    })
  })

  it("answers before it works on a message", async () => {
    shop.sandbox.set({ webhooksOn: false })
    const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
    const { reference } = session.data
    shop.sandbox.pay(reference)
    // Shorter than the shop waits for an answer.
    shop.sandbox.faults.add({ kind: "latency", path: "/payment/order/query", ms: 1_400 })
    expect((await post({ orderNo: reference, txStatus: "success" })).status).toBe(200)
    expect(await events()).toMatchObject([{ state: "waiting", outcome: null, error: null }])
    expect(await shop.ordersOfCart(cartId)).toEqual([])
    await shop.orderOfCart(cartId)
    const after = await eventually(events, ([event]) => event?.state === "done")
    expect(after).toMatchObject([{ state: "done", outcome: "paid", attempts: 1 }])
  })

  it("takes a message that comes a hundred times at once for one", async () => {
    shop.sandbox.set({ webhooksOn: false })
    const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
    shop.sandbox.pay(session.data.reference)
    const message = { orderNo: session.data.reference, txStatus: "success" }
    const answers = await Promise.all(Array.from({ length: 100 }, async () => await post(message)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    await shop.orderOfCart(cartId)
    await shop.afterWorkflows()
    expect(await shop.ordersOfCart(cartId)).toHaveLength(1)
    expect(await events()).toHaveLength(1)
  })

  it("writes to the session that its payment failed, so that the shopper can choose again", async () => {
    const { session } = await shop.shopper().checkOut(mocasaProvider)
    shop.sandbox.decline(session.data.reference)
    const row = await eventually(
      async () => await shop.database("payment_session").where({ id: session.id }).first(),
      ({ status }) => status === "error"
    )
    expect(row).toMatchObject({ status: "error", data: { status: "failed" } })
  })

  it("makes the order of a payment that failed first and was paid then", async () => {
    const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
    shop.sandbox.decline(session.data.reference)
    await eventually(
      async () => await shop.database("payment_session").where({ id: session.id }).first(),
      ({ status }) => status === "error"
    )
    shop.sandbox.pay(session.data.reference)
    await shop.orderOfCart(cartId)
    await shop.afterWebhooks()
    expect(await shop.ordersOfCart(cartId)).toHaveLength(1)
  })

  it("keeps a message whose gateway can't be asked, and works on it when it can", async () => {
    shop.sandbox.set({ webhooksOn: false })
    const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
    shop.sandbox.pay(session.data.reference)
    shop.sandbox.faults.add({ kind: "http-error", path: "/payment/order/query", times: "forever" })
    await post({ orderNo: session.data.reference, txStatus: "success" })
    const [waiting] = await eventually(events, ([event]) => event?.error !== null)
    expect(waiting).toMatchObject({ state: "waiting", attempts: 1 })
    expect(waiting?.error).toMatch(/HTTP 500/)
    shop.sandbox.faults.clear()
    await shop
      .database("webhook_event")
      .where({ reference: session.data.reference })
      .update({ next_try_at: new Date(0) })
    // The job comes by every ten seconds.
    await eventually(events, ([event]) => event?.state === "done")
    await shop.orderOfCart(cartId)
    expect(await events()).toMatchObject([{ state: "done", outcome: "paid", error: null }])
  })

  async function post(message: Record<string, string>, signature?: string) {
    return await shop.api.post(hook, message, {
      headers: { signature: signature ?? signatureOf(message) },
      validateStatus: () => true,
    })
  }

  async function send(
    method: string,
    url: string,
    data: string | Buffer,
    headers: Record<string, string>
  ) {
    return await shop.api.request({
      method,
      url,
      data,
      headers: { signature: "x", ...headers },
      transformRequest: [],
      validateStatus: () => true,
    })
  }

  async function rawPost(
    { hostname, port }: { hostname: string; port: string },
    body: string,
    headers: Record<string, string>
  ): Promise<number | undefined> {
    return await new Promise((resolve, reject) => {
      const req = request(
        { hostname, port, path: hook, method: "POST", headers },
        (answer) => void answer.resume().once("end", () => resolve(answer.statusCode))
      )
      req.once("error", reject)
      req.end(body)
    })
  }

  function signatureOf({ orderNo, txStatus }: Record<string, string>): string {
    const { webhookSecret } = shop.sandbox.credentials
    return createHash("sha256").update(`${orderNo}|${txStatus}|${webhookSecret}`).digest("base64")
  }

  function expectNothingOfIt({ data }: { data: unknown }, logged: readonly string[]): void {
    expect(JSON.stringify(data)).not.toContain(personal)
    expect(logged.filter((line) => line.toLowerCase().includes(personal.slice(0, 5)))).toEqual([])
  }

  /** Those that were written down since the test began. */
  async function events() {
    return await shop
      .database("webhook_event")
      .where("created_at", ">=", began)
      .orderBy(["created_at", "id"])
  }
})
