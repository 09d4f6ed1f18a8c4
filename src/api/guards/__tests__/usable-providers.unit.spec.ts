import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { usableProviders } from "../usable-providers"

const options = {
  baseUrl: "https://api.mocasa.example",
  clientKey: "mp_key",
  clientSecret: "a-client-secret",
  returnUrl: "https://shop.example/return",
}
const mocasa = { resolve: "medusa-regional-payments/providers/mocasa", id: "main", options }

/** A region with these providers; what is answered where core's route answers with them. */
async function listed(
  currency: string,
  providers: string[],
  query: object = { region_id: "reg_1" }
) {
  const warnings: string[] = []
  const region = {
    id: "reg_1",
    name: `In ${currency}`,
    currency_code: currency,
    payment_providers: providers.map((id) => ({ id })),
  }
  const registered: Record<string, unknown> = {
    logger: { debug: () => undefined, warn: (line: string) => warnings.push(line) },
    configModule: { modules: { payment: { options: { providers: [mocasa] } } } },
    query: { graph: async () => ({ data: [region] }) },
  }
  let answer: unknown
  const req: MedusaRequest = Object.assign(Object.create(null), {
    query,
    scope: { resolve: (key: string) => registered[key] },
  })
  const res: MedusaResponse = Object.assign(Object.create(null), {
    json: (body: unknown) => void (answer = body),
  })
  await usableProviders(req, res, () => {
    const rows = providers.map((id) => ({ id, is_enabled: true }))
    res.json({ payment_providers: rows, count: rows.length, offset: 0, limit: 20 })
  })
  return { answer, warnings }
}

const others = ["pp_system_default", "pp_stripe_stripe"]

describe("The ways to pay that a region offers to shoppers", () => {
  it("leave out a gateway that does not take the region's currency, and the owner is told once", async () => {
    const { answer, warnings } = await listed("eur", [...others, "pp_mocasa_main"])
    expect(answer).toEqual({
      payment_providers: others.map((id) => ({ id, is_enabled: true })),
      count: 2,
      offset: 0,
      limit: 20,
    })
    expect(warnings).toEqual([
      expect.stringMatching(
        /"In eur" \(reg_1\) sells in EUR .*pp_mocasa_main, which takes PHP only\..*Settings, Regions/
      ),
    ])
    expect((await listed("eur", ["pp_mocasa_main"])).warnings).toEqual([])
  })

  it("have a gateway that takes it, and all of other packages", async () => {
    const { answer, warnings } = await listed("php", [...others, "pp_mocasa_main"])
    expect(answer).toMatchObject({ count: 3 })
    expect(warnings).toEqual([])
  })

  it.each([undefined, ["reg_1", "reg_2"], { $in: [] }])(
    "are as core answers them where no one region is asked for: %j",
    async (region_id) => {
      const { answer } = await listed("eur", ["pp_mocasa_main"], { region_id })
      expect(answer).toMatchObject({ count: 1 })
    }
  )
})
